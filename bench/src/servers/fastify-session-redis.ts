import { RedisStore } from 'connect-redis'
import { redisClient } from '../databases/redis-client.ts'
import { serveFastifySession } from './fastify-session.ts'

const client = await redisClient()
await serveFastifySession(new RedisStore({ client, prefix: 'fastify-session:' }))
