import { createServer } from 'node:http'
import { createSessions } from 'latchkey'
import { createSessionGuard } from 'latchkey/http'
import { memoryStorage } from 'latchkey/memory'
import { listeningAt } from './measured-server.ts'

/** The most that anything on `node:http` can do: an answer that names a user, and nothing else. */
const body = JSON.stringify({ user_id: 'user-42' })
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
})

/** It is sent what the others are sent, and has as much to parse. */
const sessions = await createSessions({ storage: memoryStorage() })
const guard = createSessionGuard({ sessions, publicUrl: 'http://127.0.0.1' })
const created = await sessions.createSession({ userId: 'user-42' })
const cookie = guard.sessionCookie(created).split(';')[0] ?? ''
await sessions.close()

server.listen(0, '127.0.0.1', () => listeningAt(server.address(), '/', { cookie }, 'served'))
