import { createServer } from 'node:http'
import { createSessions } from 'latchkey'
import { createSessionGuard } from 'latchkey/http'
import { postgresStorage } from 'latchkey/postgres'
import { sqliteStorage } from 'latchkey/sqlite'
import { poolOn } from '../databases/fresh-database.ts'
import { listeningAt } from '../servers/measured-server.ts'

/** The guard in a bare server, among sessions that have expired, with or without cleanup in the background. */
const [place = '', cleanup, cache] = process.argv.slice(2)
const storage = place.startsWith('postgres') ? postgresStorage(poolOn(place)) : sqliteStorage(place)
const sessions = await createSessions({
  storage,
  cleanup: cleanup === 'cleaning' ? 'automatic' : 'by-command',
  cache: cache === 'cached' ? 'memory' : 'none',
})
const guard = createSessionGuard({ sessions, publicUrl: 'http://127.0.0.1' })
const cookie = guard.sessionCookie(await sessions.createSession({ userId: 'user-42' })).split(';')[0] ?? ''

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

process.on('message', async () => {
  const { ended } = await sessions.getTotals()
  process.send?.({ ended: ended.expired })
})
server.listen(0, '127.0.0.1', () => listeningAt(server.address(), '/', { cookie }))
