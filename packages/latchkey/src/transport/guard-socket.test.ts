import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { type Duration, days, hours, milliseconds, minutes } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { createSessions, type Sessions } from '../operations/sessions.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { lateLog } from '../testing/late-log.fake.ts'
import { guardSocket, sessionEndedCode, sessionRenewedCode } from './guard-socket.ts'
import { createSessionGuard } from './session-guard.ts'

let clock: FakeClock
let timers: FakeTimers
let sessions: Sessions
let server: Server
let sockets: WebSocketServer

beforeEach(async () => {
  clock = fakeClock()
  timers = fakeTimers()
  const secret = new Uint8Array(32).fill(7)
  sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command', clock, timers, secret })
  const guard = createSessionGuard({ sessions, publicUrl: 'http://127.0.0.1', clock })
  server = createServer()
  sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', async (request, socket, head) => {
    const outcome = await guard.check(request)
    if (outcome.kind !== 'signed-in') return socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
    return sockets.handleUpgrade(request, socket, head, (accepted) => {
      guardSocket(sessions, outcome, accepted, { clock, timers })
      accepted.send('welcome')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterEach(async () => {
  for (const socket of sockets.clients) socket.terminate()
  server.close()
  await sessions.close()
})

async function connected(token: string): Promise<WebSocket> {
  const { port } = server.address() as AddressInfo
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { headers: { authorization: `Bearer ${token}` } })
  await once(socket, 'message')
  return socket
}

async function closeOf(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number]
  return code
}

/** Day by day, as a timer that looks at a session sets the next one. */
async function pass(by: Duration): Promise<void> {
  for (let left = by as number; left > 0; left -= days(1)) {
    const step = milliseconds(Math.min(left, days(1)))
    clock.advance(step)
    timers.advance(step)
    for (let turn = 0; turn < 5; turn += 1) await nextTurn()
  }
}

it.each<[string, (id: string) => Promise<unknown>]>([
  ['it is ended', (id) => sessions.invalidateSession(id)],
  ['all of the user are', () => sessions.invalidateAllUserSessions('ann')],
  ['the user is cut off', () => sessions.setCutOff({ kind: 'user', userId: 'ann' })],
  ['everybody is cut off', () => sessions.setCutOff({ kind: 'everybody' })],
  ['the user is disabled', () => sessions.disableUser('ann')],
  ['the user is erased', () => sessions.forgetUser('ann')],
])('a socket closes with the code for it when %s', async (_, end) => {
  const { session, token } = await sessions.createSession({ userId: 'ann' })
  const socket = await connected(token)
  const closing = closeOf(socket)
  await end(session.id)
  expect(await closing).toBe(sessionEndedCode)
})

it('a socket closes at the absolute deadline, however far away that is', async () => {
  const { token } = await sessions.createSession({ userId: 'ann', expiresInDays: 3 })
  const closing = closeOf(await connected(token))
  await pass(days(3))
  expect(await closing).toBe(sessionEndedCode)
})

it('a socket closes with the idle timeout, which messages do not put off and requests do', async () => {
  const { session, token } = await sessions.createSession({ userId: 'ann' })
  const socket = await connected(token)
  await pass(days(6))
  await sessions.verifySession(token)
  await pass(days(2))
  expect(socket.readyState).toBe(WebSocket.OPEN)
  const closing = closeOf(socket)
  await pass(days(6))
  expect(await closing).toBe(sessionEndedCode)
  expect((await sessions.getSession(session.id))?.isActive).toBe(false)
})

it('a socket of an earlier token closes when its user proves something anew, and stays when it is only time', async () => {
  const { session, token } = await sessions.createSession({ userId: 'ann' })
  const socket = await connected(token)
  await sessions.rotateSession(token)
  await pass(minutes(1))
  expect(socket.readyState).toBe(WebSocket.OPEN)
  const closing = closeOf(socket)
  await sessions.renewSession(session.id, { amr: ['pwd'] })
  expect(await closing).toBe(sessionRenewedCode)
})

it('a socket that is opened with the token from before a proof of identity is closed at once', async () => {
  const { session, token } = await sessions.createSession({ userId: 'ann' })
  clock.advance(minutes(5))
  const renewed = await sessions.renewSession(session.id, { amr: ['pwd'] })
  expect(await closeOf(await connected(token))).toBe(sessionRenewedCode)
  const socket = await connected(renewed?.token ?? '')
  await pass(minutes(1))
  expect(socket.readyState).toBe(WebSocket.OPEN)
})

it('a session that ended while the handshake was under way closes its socket at once', async () => {
  const { session } = await sessions.createSession({ userId: 'ann' })
  await sessions.invalidateSession(session.id)
  const code = await new Promise((resolve) => {
    guardSocket(
      sessions,
      { session },
      { close: resolve, addEventListener: () => undefined },
      { clock, timers },
    )
  })
  expect(code).toBe(sessionEndedCode)
})

it('a session that another node ends before this one follows the log closes its socket', async () => {
  const log = lateLog(clock)
  const secret = new Uint8Array(32).fill(7)
  const here = await createSessions({ storage: log.storage, cleanup: 'by-command', clock, timers, secret })
  const { session } = await here.createSession({ userId: 'ann' })
  const code = new Promise((resolve) => {
    guardSocket(here, { session }, { close: resolve, addEventListener: () => undefined }, { clock, timers })
  })
  for (let turn = 0; turn < 50; turn += 1) await nextTurn()
  await log.end(session.id)
  log.answer()
  expect(await code).toBe(sessionEndedCode)
  await here.close()
})

it('a socket whose session nobody can tell anything of is to try again later', async () => {
  const { session } = await sessions.createSession({ userId: 'ann' })
  const away: Sessions = { ...sessions, getSession: () => Promise.reject(new Error('away')) }
  const code = await new Promise((resolve) => {
    guardSocket(away, { session }, { close: resolve, addEventListener: () => undefined }, { clock, timers })
  })
  expect(code).toBe(1013)
})

it("sockets of others, and of the user's other sessions, stay open", async () => {
  const mine = await sessions.createSession({ userId: 'ann' })
  const open = await Promise.all(
    ['ann', 'bob'].map(async (userId) => connected((await sessions.createSession({ userId })).token)),
  )
  const closing = closeOf(await connected(mine.token))
  await sessions.invalidateSession(mine.session.id)
  await closing
  await pass(hours(1))
  expect(open.map((socket) => socket.readyState)).toEqual([WebSocket.OPEN, WebSocket.OPEN])
})

it('a socket that its client closed is watched no more', async () => {
  const { session } = await sessions.createSession({ userId: 'ann' })
  const closed: number[] = []
  const stop = guardSocket(
    sessions,
    { session },
    { close: (code) => closed.push(code), addEventListener: () => undefined },
    { clock, timers },
  )
  stop()
  stop()
  await sessions.invalidateSession(session.id)
  await pass(days(31))
  expect(closed).toEqual([])
})
