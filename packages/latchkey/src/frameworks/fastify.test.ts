import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { it } from 'vitest'
import { createSessionsApi } from '../http-api/sessions-api.ts'
import { createSessions } from '../operations/sessions.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FrameworkUnderTest, frameworkContract } from '../testing/framework-contract.ts'
import { fastifySessions } from './fastify.ts'

async function start(): Promise<FrameworkUnderTest> {
  const secret = new Uint8Array(32).fill(7)
  const sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command', secret })
  const options = { sessions, publicUrl: 'http://127.0.0.1' }
  const auth = fastifySessions(options)
  const app = fastify({ forceCloseConnections: true })
  await app.register(auth.mount(createSessionsApi(options)), { prefix: '/api/v1' })
  app.post<{ Params: { user: string } }>('/sign-in/:user', async (request, reply) => {
    if (!auth.mayObtainCookie(request)) return reply.code(403).send()
    reply.header('Set-Cookie', 'theme=dark')
    await auth.signIn(request, reply, { userId: request.params.user })
    return { user_id: auth.signedIn(request)?.session.userId }
  })
  app.post('/sign-out', async (request, reply) => {
    await auth.signOut(request, reply)
    return reply.code(204).send()
  })
  app.get('/who', { onRequest: auth.attach }, async (request) => ({
    user_id: auth.signedIn(request)?.session.userId ?? null,
  }))
  app.post('/act', { onRequest: auth.required }, (_request, reply) => reply.code(204).send())
  await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    origin: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    async close() {
      await app.close()
      await sessions.close()
    },
  }
}

for (const { name, run } of frameworkContract(start)) it(`Fastify: ${name}`, run)
