import express from 'express'
import session from 'express-session'
import { listening } from './measured-server.ts'

declare module 'express-session' {
  interface SessionData {
    userId: string
  }
}

const app = express()
app.use(session({ secret: 'a secret for measuring only', resave: false, saveUninitialized: false }))
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
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  listening({
    port: address.port,
    path: '/current',
    headers: { cookie },
    expected: { header: null, text: 'user-42' },
  })
})
