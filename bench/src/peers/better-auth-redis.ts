import { redisClient } from '../databases/redis-client.ts'
import type { BetterAuthCache } from './better-auth-instance.ts'

/** Sessions in Redis, in better-auth's own words its secondary storage. */
export async function redisCache(): Promise<{ readonly cache: BetterAuthCache; close(): void }> {
  const client = await redisClient()
  // A part of the keys of its own: other contestants use the same Redis.
  const prefix = `better-auth-${process.pid}:`
  const secondaryStorage = {
    get: (key: string) => client.get(prefix + key),
    set: async (key: string, value: string, ttl?: number) => {
      await client.set(prefix + key, value, ttl ? { expiration: { type: 'EX', value: ttl } } : {})
    },
    getAndDelete: (key: string) => client.getDel(prefix + key),
    increment: async (key: string, ttl: number) => {
      const count = await client.incr(prefix + key)
      if (count === 1) await client.expire(prefix + key, ttl)
      return count
    },
    delete: async (key: string) => {
      await client.del(prefix + key)
    },
  }
  return { cache: { secondaryStorage }, close: () => client.destroy() }
}
