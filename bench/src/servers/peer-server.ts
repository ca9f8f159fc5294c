import { createServer } from 'node:http'
import type { PeerSessions } from '../peers/peer-sessions.ts'
import { listeningAt } from './measured-server.ts'

const cookieName = 'session='

/** The bare server, with another system's sessions in front. */
export async function servePeer(sessions: PeerSessions): Promise<void> {
  const token = await sessions.create('user-42')
  const server = createServer(async (request, response) => {
    const cookie = request.headers.cookie ?? ''
    const userId = cookie.startsWith(cookieName)
      ? await sessions.userOf(cookie.slice(cookieName.length))
      : null
    if (userId === null) {
      response.writeHead(401).end()
      return
    }
    const body = JSON.stringify({ user_id: userId })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    response.end(body)
  })
  server.listen(0, '127.0.0.1', () => listeningAt(server.address(), '/', { cookie: `${cookieName}${token}` }))
}
