import { serveFastifySession } from './fastify-session.ts'

await serveFastifySession(undefined)
