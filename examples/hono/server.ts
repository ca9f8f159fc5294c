import { randomBytes } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createSessions } from 'latchkey'
import { honoSessions } from 'latchkey/hono'
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
const auth = honoSessions(options)

const signInForm = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Sign in</title>
<form method="post">
  <label>Name <input name="name" autocomplete="username" maxlength="255" required></label>
  <button type="submit">Sign in</button>
</form></html>`

const signOutForm = `<form method="post" action="/sign-out"><button type="submit">Sign out</button></form>`

const app = new Hono()
app.all('/api/v1/*', auth.mount(createSessionsApi(options)))

app.get('/sign-in', (context) => context.html(signInForm))
app.post('/sign-in', async (context) => {
  // Or else another site could sign your visitors in to an account of its own.
  if (!auth.mayObtainCookie(context)) return context.text('Sign in on this site.', 403)
  // Your own check of the password goes here. This example believes whatever name it is given.
  const { name } = await context.req.parseBody()
  const userId = typeof name === 'string' ? name.trim() : ''
  if (userId === '' || userId.length > 255) return context.redirect('/sign-in')
  await auth.signIn(context, { userId })
  return context.redirect('/')
})
app.post('/sign-out', async (context) => {
  await auth.signOut(context)
  return context.redirect('/sign-in')
})

// A page sends visitors to the sign-in; what scripts ask for answers 401.
app.get('/', auth.attach, (context) => {
  if (auth.signedIn(context) === null) return context.redirect('/sign-in')
  context.header('Cache-Control', 'no-store')
  return context.html(`<!doctype html><html lang="en"><title>Signed in</title>${signOutForm}</html>`)
})
app.get('/me', auth.required, (context) => {
  context.header('Cache-Control', 'no-store')
  return context.json({ name: auth.signedIn(context)?.session.userId })
})

// This machine only: an example that believes every name is nothing for a network.
const server = serve({ fetch: app.fetch, port, hostname: 'localhost' }, ({ port: actual }) => {
  console.log(`http://localhost:${actual}`)
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
    await sessions.close()
  })
}
