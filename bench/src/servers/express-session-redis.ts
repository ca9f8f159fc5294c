import { RedisStore } from 'connect-redis'
import { redisClient } from '../databases/redis-client.ts'
import { serveExpressSession } from './express-session.ts'

const client = await redisClient()
serveExpressSession(new RedisStore({ client, prefix: 'express-session:' }))
