import { redisCache } from '../peers/better-auth-redis.ts'
import { serveBetterAuth } from './better-auth-server.ts'

const { cache } = await redisCache()
await serveBetterAuth(cache)
