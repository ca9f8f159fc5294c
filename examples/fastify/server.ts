import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { createSessions } from 'latchkey'
import { fastifySessions } from 'latchkey/fastify'
import { createSessionsApi } from 'latchkey/http'
import { userAgentSignal } from 'latchkey/signals'
import { sqliteStorage } from 'latchkey/sqlite'
import { homePage, signInPage } from './pages.ts'

const port = Number(process.env['PORT'] ?? 3000)
const publicUrl = process.env['PUBLIC_URL'] ?? `http://localhost:${port}`
// By it a browser is known again. The same at each start and in each process: openssl rand -base64 32
const secret = process.env['SECRET'] ? Buffer.from(process.env['SECRET'], 'base64') : randomBytes(32)
const sessions = await createSessions({
  storage: sqliteStorage('app.db'),
  signals: [userAgentSignal],
  secret,
})
const options = { sessions, publicUrl }
const auth = fastifySessions(options)

const app = fastify({ forceCloseConnections: true })
app.register(auth.mount(createSessionsApi(options)), { prefix: '/api/v1' })
app.addContentTypeParser(
  'application/x-www-form-urlencoded',
  { parseAs: 'string' },
  async (_request: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
)

app.get('/sign-in', (_request, reply) => reply.type('text/html').send(signInPage))
app.post<{ Body: { name?: string } }>('/sign-in', async (request, reply) => {
  // Or else another site could sign your visitors in to an account of its own.
  if (!auth.mayObtainCookie(request)) return reply.code(403).send('Sign in on this site.')
  // Your own check of the password goes here. This example believes whatever name it is given.
  const userId = request.body?.name?.trim() ?? ''
  if (userId === '' || userId.length > 255) return reply.redirect('/sign-in')
  await auth.signIn(request, reply, { userId })
  return reply.redirect('/')
})
app.post('/sign-out', async (request, reply) => {
  await auth.signOut(request, reply)
  return reply.redirect('/sign-in')
})

// A page sends visitors to the sign-in; what acts answers 401, and 403 where another site started the request.
app.get('/', { onRequest: auth.attach }, async (request, reply) => {
  const current = auth.signedIn(request)?.session
  if (current === undefined) return reply.redirect('/sign-in')
  const all = await sessions.getActiveSessionsByUser(current.userId)
  return reply.type('text/html').header('Cache-Control', 'no-store').send(homePage(current, all))
})
app.post<{ Body: { id?: string } }>('/end', { onRequest: auth.required }, async (request, reply) => {
  const userId = auth.signedIn(request)?.session.userId
  if (userId === undefined) return reply.code(401).send()
  // `ofUser`: the id comes from the browser, and must not end a session of somebody else.
  await sessions.invalidateSession(request.body?.id ?? '', { ofUser: userId, by: `user:${userId}` })
  return reply.redirect('/')
})

// This machine only: an example that believes every name is nothing for a network.
await app.listen({ port, host: 'localhost' })
console.log(`http://localhost:${(app.server.address() as AddressInfo).port}`)
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await app.close()
    await sessions.close()
  })
}
