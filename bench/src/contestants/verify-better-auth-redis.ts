import type { Preparation } from '../contestant.ts'
import { redisCache } from '../peers/better-auth-redis.ts'
import { verifyBetterAuth } from './verify-better-auth.ts'

/** Many at a time: one alone would measure the way to Redis and back. */
export const prepare: Preparation = async () => {
  const { cache, close } = await redisCache()
  return verifyBetterAuth(cache, 64, close)
}
