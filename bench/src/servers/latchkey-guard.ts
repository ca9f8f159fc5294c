import { createServer } from 'node:http'
import { createSessions } from 'latchkey'
import { createSessionGuard } from 'latchkey/http'
import { sqliteStorage } from 'latchkey/sqlite'
import { temporaryFolder } from '../temporary-folder.ts'
import { listeningAt } from './measured-server.ts'

/** The library in an application of its own: the bare server, with the guard in front. */
const folder = temporaryFolder()
process.on('exit', folder.remove)
const sessions = await createSessions({ storage: sqliteStorage(`${folder.path}/sessions.db`) })
const guard = createSessionGuard({ sessions, publicUrl: 'http://127.0.0.1' })
const created = await sessions.createSession({ userId: 'user-42' })
const cookie = guard.sessionCookie(created).split(';')[0] ?? ''

const server = createServer(async (request, response) => {
  const outcome = await guard.check(request)
  if (outcome.kind !== 'signed-in') {
    response.writeHead(401).end()
    return
  }
  const body = JSON.stringify({ user_id: outcome.session.userId })
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
})

server.listen(0, '127.0.0.1', () => listeningAt(server.address(), '/', { cookie }))
