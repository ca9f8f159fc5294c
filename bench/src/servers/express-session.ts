import express from 'express'
import session, { type Store } from 'express-session'
import { listeningAt } from './measured-server.ts'

declare module 'express-session' {
  interface SessionData {
    userId: string
  }
}

/** express with express-session; undefined: in memory, as it comes. */
export function serveExpressSession(store: Store | undefined): void {
  const app = express()
  app.use(
    session({
      secret: 'a secret for measuring only',
      resave: false,
      saveUninitialized: false,
      ...(store && { store }),
    }),
  )
  app.post('/sign-in', (request, response) => {
    request.session.userId = 'user-42'
    response.json({ user_id: 'user-42' })
  })
  app.get('/current', (request, response) => {
    if (request.session.userId === undefined) response.status(401).end()
    else response.json({ user_id: request.session.userId })
  })

  const server = app.listen(0, '127.0.0.1', async () => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('No port')
    const answer = await fetch(`http://127.0.0.1:${address.port}/sign-in`, { method: 'POST' })
    // The head of the answer comes before the session is stored, its end after.
    await answer.text()
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    listeningAt(address, '/current', { cookie })
  })
}
