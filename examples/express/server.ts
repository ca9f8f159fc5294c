import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { createSessions } from 'latchkey'
import { expressSessions } from 'latchkey/express'
import { createSessionsApi } from 'latchkey/http'
import { userAgentSignal } from 'latchkey/signals'
import { sqliteStorage } from 'latchkey/sqlite'

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
const auth = expressSessions(options)

const pages = { root: join(import.meta.dirname, 'pages') }
// The browser client is plain modules: they are served as they were installed, without a build.
const library = dirname(fileURLToPath(import.meta.resolve('latchkey/package.json')))

const app = express()
app.disable('x-powered-by')
app.use('/api/v1', auth.mount(createSessionsApi(options)))
app.use((_request, response, next) => {
  response.set('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'")
  next()
})
app.use('/latchkey', express.static(join(library, 'dist')))

app.get('/sign-in', (_request, response) => response.sendFile('sign-in.html', pages))
app.post('/sign-in', express.urlencoded({ extended: false }), async (request, response) => {
  // Or else another site could sign your visitors in to an account of its own.
  if (!auth.mayObtainCookie(request)) return response.status(403).send('Sign in on this site.')
  // Your own check of the password goes here. This example believes whatever name it is given.
  const userId = String(request.body?.name ?? '').trim()
  if (userId === '' || userId.length > 255) return response.redirect('/sign-in')
  await auth.signIn(request, response, { userId })
  return response.redirect('/')
})
app.post('/sign-out', async (request, response) => {
  await auth.signOut(request, response)
  response.redirect('/sign-in')
})

// A page sends visitors to the sign-in; what scripts ask for answers 401.
app.get('/', auth.attach, (request, response) => {
  if (auth.signedIn(request) === null) response.redirect('/sign-in')
  else response.set('Cache-Control', 'no-store').sendFile('home.html', { ...pages, cacheControl: false })
})
app.get('/me', auth.required, (request, response) => {
  response.set('Cache-Control', 'no-store').json({ name: auth.signedIn(request)?.session.userId })
})
app.get('/home.js', (_request, response) => response.sendFile('home.js', pages))

// This machine only: an example that believes every name is nothing for a network.
const server = app.listen(port, 'localhost', () => {
  const address = server.address()
  console.log(`http://localhost:${typeof address === 'object' ? address?.port : port}`)
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    server.close()
    server.closeAllConnections()
    await sessions.close()
  })
}
