import { createClient } from 'redis'
import { urlOf } from './running-database.ts'

/** Redis goes before its clients do, when a run ends: nobody is to fall over that. */
export function redisClient() {
  return createClient({ url: urlOf('redis') })
    .on('error', () => {})
    .connect()
}
