import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { createSessionsApi } from '../http-api/sessions-api.ts'
import { createSessions } from '../operations/sessions.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FrameworkUnderTest, frameworkContract } from '../testing/framework-contract.ts'
import { honoSessions } from './hono.ts'
import { serveNode } from './node-bridge.ts'

async function start(): Promise<FrameworkUnderTest> {
  const secret = new Uint8Array(32).fill(7)
  const sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command', secret })
  const options = { sessions, publicUrl: 'http://127.0.0.1' }
  const auth = honoSessions(options)
  const app = new Hono()
  app.all('/api/v1/*', auth.mount(createSessionsApi(options)))
  app.post('/sign-in/:user', async (context) => {
    if (!auth.mayObtainCookie(context)) return context.body(null, 403)
    context.header('Set-Cookie', 'theme=dark')
    await auth.signIn(context, { userId: context.req.param('user') })
    return context.json({ user_id: auth.signedIn(context)?.session.userId })
  })
  app.post('/sign-out', async (context) => {
    await auth.signOut(context)
    return context.body(null, 204)
  })
  app.get('/who', auth.attach, (context) =>
    context.json({ user_id: auth.signedIn(context)?.session.userId ?? null }),
  )
  app.post('/act', auth.required, (context) => context.body(null, 204))
  const server = createServer((incoming, outgoing) => {
    const fetch = async (request: Request): Promise<Response> => app.fetch(request, { incoming })
    void serveNode({ fetch }, incoming, outgoing)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await once(server.close(), 'close')
      await sessions.close()
    },
  }
}

for (const { name, run } of frameworkContract(start)) it(`Hono: ${name}`, run)

it('a path that leads out of the gate, as the server of Node saw it, is refused', async () => {
  const sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command' })
  const options = { sessions, publicUrl: 'http://127.0.0.1' }
  const app = new Hono().all('*', honoSessions(options).mount(createSessionsApi(options)))
  const url = '/api/v1/forward-auth/x/../../../../openapi.json'
  const request = new Request(`http://127.0.0.1${url}`)
  expect((await app.fetch(request, { incoming: { url } })).status).toBe(400)
  await sessions.close()
})
