import { createServer } from 'node:http'
import { type CreatedSession, createSessions } from 'latchkey'
import { createSessionGuard } from 'latchkey/http'
import { postgresStorage } from 'latchkey/postgres'
import { userAgentSignal } from 'latchkey/signals'
import { freshDatabase, poolOn } from '../databases/fresh-database.ts'
import type { BusyServer, MemoryInUse } from './memory-under-load.ts'
import { signIn } from './people.ts'

/** The guard in a server on PostgreSQL, where sessions come and go while others are in use. */
const sessions = await createSessions({
  storage: postgresStorage(poolOn(await freshDatabase())),
  signals: [userAgentSignal],
  cacheSize: 10_000,
})
// As in the program, where live pages and metrics hear of every change.
sessions.subscribe(() => {})
const guard = createSessionGuard({ sessions, publicUrl: 'http://127.0.0.1' })

/** So many are asked for over HTTP, one by each connection. */
const stayingSessions = 64
/** So many come, and as many go, ten times a second; they are in the cache while they last. */
const comingSessions = 10
/** More come than the cache holds, so that it is full and gives way, too. */
const passingSessions = 12_000

let next = 0
const staying = await create(stayingSessions)
const passing: CreatedSession[] = []

function create(count: number): Promise<CreatedSession[]> {
  const first = next
  next += count
  return Promise.all(
    Array.from({ length: count }, (_, index) => sessions.createSession(signIn(first + index))),
  )
}

async function comeAndGo(): Promise<void> {
  const added = await create(comingSessions)
  passing.push(...added)
  await Promise.all(added.map(({ token }) => sessions.verifySession(token)))
  const leaving = passing.splice(0, Math.max(0, passing.length - passingSessions))
  await Promise.all(leaving.map(({ session }) => sessions.invalidateSession(session.id)))
  setTimeout(comeAndGo, 100)
}

const server = createServer(async (request, response) => {
  const outcome = await guard.check(request)
  response.writeHead(outcome.kind === 'signed-in' ? 200 : 401, { 'content-type': 'text/plain' })
  response.end(outcome.kind === 'signed-in' ? 'signed in' : '')
})

let loopBefore = performance.eventLoopUtilization()
process.on('message', () => {
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  const loop = performance.eventLoopUtilization()
  const inUse: MemoryInUse = {
    heapUsed,
    rss,
    busy: performance.eventLoopUtilization(loop, loopBefore).utilization,
  }
  loopBefore = loop
  process.send?.(inUse)
})
process.on('disconnect', () => process.exit(0))

while (passing.length < passingSessions) passing.push(...(await create(1_000)))
for (const { token } of passing) await sessions.verifySession(token)
await comeAndGo()
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  const cookies = staying.map((created) => guard.sessionCookie(created).split(';')[0] ?? '')
  const said: BusyServer = { port: address.port, cookies }
  process.send?.(said)
})
