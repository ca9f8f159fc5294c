import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { it } from 'vitest'
import { createSessionsApi } from '../http-api/sessions-api.ts'
import { createSessions } from '../operations/sessions.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FrameworkUnderTest, frameworkContract } from '../testing/framework-contract.ts'
import { expressSessions } from './express.ts'

async function start(): Promise<FrameworkUnderTest> {
  const secret = new Uint8Array(32).fill(7)
  const sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command', secret })
  const options = { sessions, publicUrl: 'http://127.0.0.1' }
  const auth = expressSessions(options)
  const app = express()
  app.use('/api/v1', auth.mount(createSessionsApi(options)))
  app.use(express.json())
  app.post('/sign-in/:user', async (request, response) => {
    if (!auth.mayObtainCookie(request)) return response.status(403).end()
    response.appendHeader('Set-Cookie', 'theme=dark')
    await auth.signIn(request, response, { userId: request.params.user })
    return response.json({ user_id: auth.signedIn(request)?.session.userId })
  })
  app.post('/sign-out', async (request, response) => {
    await auth.signOut(request, response)
    response.status(204).end()
  })
  app.get('/who', auth.attach, (request, response) => {
    response.json({ user_id: auth.signedIn(request)?.session.userId ?? null })
  })
  app.post('/act', auth.required, (_request, response) => {
    response.status(204).end()
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      await sessions.close()
    },
  }
}

for (const { name, run } of frameworkContract(start)) it(`Express: ${name}`, run)
