import cookiePlugin from '@fastify/cookie'
import sessionPlugin, { type FastifySessionOptions } from '@fastify/session'
import fastify from 'fastify'
import { listeningAt } from './measured-server.ts'

declare module 'fastify' {
  interface Session {
    userId: string
  }
}

/** fastify with @fastify/session; undefined: in memory, as it comes. */
export async function serveFastifySession(store: FastifySessionOptions['store'] | undefined): Promise<void> {
  const app = fastify()
  await app.register(cookiePlugin)
  await app.register(sessionPlugin, {
    secret: 'a secret for measuring only, of more than thirty-two characters',
    cookie: { secure: false },
    saveUninitialized: false,
    ...(store && { store }),
  })
  app.post('/sign-in', async (request) => {
    request.session.userId = 'user-42'
    return { user_id: 'user-42' }
  })
  app.get('/current', async (request, reply) => {
    if (request.session.userId === undefined) return reply.code(401).send()
    return { user_id: request.session.userId }
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const signedIn = await app.inject({ method: 'POST', url: '/sign-in' })
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
  listeningAt(app.server.address(), '/current', { cookie })
}
