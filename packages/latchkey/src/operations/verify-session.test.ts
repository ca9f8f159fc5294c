import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { flushInterval } from '../cache/activity-writer.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import { after, days, minutes, seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { formatToken, newSecret, newSessionId, parseToken } from '../model/session-token.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import { createSessions, type Sessions } from './sessions.ts'

const away = new LatchkeyError('storage-unavailable', 'the storage is away')

let clock: FakeClock
let timers: FakeTimers
let storage: Storage
let calls: string[]
let isAway: boolean
let sessions: Sessions

async function open(newStorage: () => Storage, cache: 'memory' | 'none'): Promise<void> {
  clock = fakeClock()
  timers = fakeTimers()
  calls = []
  isAway = false
  storage = interceptedStorage(newStorage(), async (operation, call) => {
    calls.push(operation)
    if (isAway) throw away
    return call()
  })
  sessions = await createSessions({
    storage,
    clock,
    timers,
    cache,
    cleanup: 'by-command',
    onBackgroundError: () => undefined,
  })
}

afterEach(() => sessions.close())

const set = (): { storage: string; cache: 'memory' | 'none'; newStorage: () => Storage }[] =>
  (['memory', 'none'] as const).flatMap((cache) => [
    { storage: 'memory', cache, newStorage: memoryStorage },
    { storage: 'sqlite', cache, newStorage: () => sqliteStorage(':memory:') },
  ])

describe.each(set())('a token, with storage $storage and cache $cache', ({ newStorage, cache }) => {
  beforeEach(() => open(newStorage, cache))

  it('of a live session is accepted, the first time and after', async () => {
    const { session, token } = await sessions.createSession({ userId: '42' })
    for (let time = 0; time < 3; time += 1) {
      expect(await sessions.verifySession(token)).toEqual({
        active: true,
        session: { ...session, lastAccessedAt: clock.now(), idleExpiresAt: session.idleExpiresAt },
        rotationDue: false,
      })
    }
  })

  it('is unknown with a wrong secret just as with an id that nobody has', async () => {
    const { session, token } = await sessions.createSession({ userId: '42' })
    const wrongSecret = formatToken({ id: session.id, secret: newSecret() })
    const wrongId = formatToken({ id: newSessionId('42'), secret: newSecret() })
    const other = await sessions.createSession({ userId: '43' })
    const mixed = `${session.id}.${other.token.split('.')[1]}`
    for (const warm of [false, true]) {
      if (warm) await sessions.verifySession(token)
      for (const bad of [wrongSecret, wrongId, mixed]) {
        expect(await sessions.verifySession(bad)).toEqual({ active: false, reason: 'unknown' })
      }
    }
  })

  it("is unknown with a wrong secret also when the session has ended: that is nobody else's business", async () => {
    const { session } = await sessions.createSession({ userId: '42' })
    await sessions.invalidateSession(session.id)
    const wrongSecret = formatToken({ id: session.id, secret: newSecret() })
    expect(await sessions.verifySession(wrongSecret)).toEqual({ active: false, reason: 'unknown' })
  })

  it('is unknown when it is made of the hash that the store keeps', async () => {
    const { session } = await sessions.createSession({ userId: '42' })
    const record = await storage.sessions.find(session.id)
    const stolen = formatToken({ id: session.id, secret: record?.secretHash ?? newSecret() })
    expect(await sessions.verifySession(stolen)).toEqual({ active: false, reason: 'unknown' })
  })

  it('of another shape costs no read', async () => {
    const { token } = await sessions.createSession({ userId: '42' })
    calls.length = 0
    const bad = ['', 'x', token.slice(1), `${token} `, `${token}\0`, token.toUpperCase(), 'x'.repeat(65_536)]
    for (const text of [...bad, ...([null, undefined, 42, {}, [token]] as unknown as string[])]) {
      expect(await sessions.verifySession(text)).toEqual({ active: false, reason: 'unknown' })
    }
    expect(calls).toEqual([])
  })

  it.each([
    ['logout', 'revoked'],
    ['revoked', 'revoked'],
    ['replaced', 'revoked'],
    ['expired', 'expired'],
    ['idle-timeout', 'expired'],
  ] as const)('of a session that ended by %s is %s', async (reason, shown) => {
    const { session, token } = await sessions.createSession({ userId: '42' })
    await sessions.verifySession(token)
    await sessions.invalidateSession(session.id, { reason })
    expect(await sessions.verifySession(token)).toEqual({ active: false, reason: shown })
  })

  it('is expired at the instant of the absolute deadline, however much it was used', async () => {
    const { token } = await sessions.createSession({ userId: '42', expiresInSeconds: 3_600 })
    for (let minute = 0; minute < 59; minute += 1) {
      clock.advance(minutes(1))
      expect(await sessions.verifySession(token)).toMatchObject({ active: true })
    }
    clock.set(after(clock.now(), seconds(59.999)))
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
    clock.advance(seconds(0.001))
    expect(await sessions.verifySession(token)).toEqual({ active: false, reason: 'expired' })
  })

  it('is expired when nobody used it for the idle timeout and a minute, and not before', async () => {
    const { token } = await sessions.createSession({ userId: '42' })
    clock.advance(days(7))
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
    clock.advance(days(7))
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
    clock.advance(days(7))
    clock.advance(minutes(1))
    expect(await sessions.verifySession(token)).toEqual({ active: false, reason: 'expired' })
  })

  it('used in the background does not put off the idle timeout, and shows no new use', async () => {
    const { token } = await sessions.createSession({ userId: '42' })
    clock.advance(days(5))
    const polled = await sessions.verifySession(token, { activity: 'background' })
    expect(polled).toMatchObject({ active: true, session: { lastAccessedAt: null } })
    clock.advance(days(2))
    clock.advance(minutes(1))
    expect(await sessions.verifySession(token, { activity: 'background' })).toEqual({
      active: false,
      reason: 'expired',
    })
    timers.advance(flushInterval)
    await nextTurn()
    expect(calls).not.toContain('sessions.touch')
  })

  it('is judged by its newest use while that waits to be written, also after the storage was away', async () => {
    const { token } = await sessions.createSession({ userId: '42' })
    clock.advance(days(6))
    await sessions.verifySession(token)
    clock.advance(days(6))
    expect(calls).not.toContain('sessions.touch')
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
    expect(await sessions.getSessionCountByUser('42')).toBe(1)
  })
})

describe('a warm cache', () => {
  beforeEach(() => open(memoryStorage, 'memory'))

  it('answers without the storage, writes nothing on the way, and notes a use each half minute', async () => {
    const { token } = await sessions.createSession({ userId: '42' })
    await sessions.verifySession(token)
    const firstUseAt = clock.now()
    calls.length = 0
    clock.advance(seconds(29.999))
    expect(await sessions.verifySession(token)).toMatchObject({ session: { lastAccessedAt: firstUseAt } })
    clock.advance(seconds(0.001))
    expect(await sessions.verifySession(token)).toMatchObject({ session: { lastAccessedAt: clock.now() } })
    expect(calls).toEqual([])
    timers.advance(flushInterval)
    await nextTurn()
    expect(calls).toEqual(['sessions.touch'])
    const { id } = parseToken(token) ?? { id: newSessionId('42') }
    expect(await storage.sessions.find(id)).toMatchObject({ lastAccessedAt: clock.now() })
  })

  it('takes no session for idle that was used in another process', async () => {
    const { token } = await sessions.createSession({ userId: '42' })
    await sessions.verifySession(token)
    const { id } = parseToken(token) ?? { id: newSessionId('42') }
    clock.advance(days(6))
    await storage.sessions.touch([{ id, at: clock.now() }])
    clock.advance(days(6))
    expect(sessions.verifyCached(token)).toBeNull()
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
    clock.advance(days(8))
    expect(await sessions.verifySession(token)).toEqual({ active: false, reason: 'expired' })
  })

  it('goes on answering while the storage is away; what it does not know is an error, not an answer', async () => {
    const warm = await sessions.createSession({ userId: '42' })
    const cold = await sessions.createSession({ userId: '42' })
    await sessions.verifySession(warm.token)
    isAway = true
    expect(await sessions.verifySession(warm.token)).toMatchObject({ active: true })
    await expect(sessions.verifySession(cold.token)).rejects.toBe(away)
    isAway = false
    expect(await sessions.verifySession(cold.token)).toMatchObject({ active: true })
  })
})

describe('an answer at once', () => {
  beforeEach(() => open(memoryStorage, 'memory'))

  it('is the one that would be waited for, where the cache knows the session', async () => {
    const { session, token } = await sessions.createSession({ userId: '42', expiresInSeconds: 3_600 })
    expect(sessions.verifyCached(token)).toBeNull()
    const waitedFor = await sessions.verifySession(token)
    calls.length = 0
    expect(sessions.verifyCached(token)).toEqual(waitedFor)
    const wrongSecret = formatToken({ id: session.id, secret: newSecret() })
    expect(sessions.verifyCached(wrongSecret)).toBeNull()
    clock.advance(minutes(60))
    expect(sessions.verifyCached(token)).toEqual({ active: false, reason: 'expired' })
    expect(calls).toEqual([])
  })

  it('notes a use, and none in the background', async () => {
    const { token } = await sessions.createSession({ userId: '42' })
    await sessions.verifySession(token)
    const firstUseAt = clock.now()
    clock.advance(minutes(1))
    const inTheBackground = sessions.verifyCached(token, { activity: 'background' })
    expect(inTheBackground).toMatchObject({ session: { lastAccessedAt: firstUseAt } })
    expect(sessions.verifyCached(token)).toMatchObject({ session: { lastAccessedAt: clock.now() } })
    expect(sessions.verifyCached(token)).toMatchObject({ session: { lastAccessedAt: clock.now() } })
  })

  it('is null for a session that has ended or been renewed, and for one that nobody has', async () => {
    const ended = await sessions.createSession({ userId: '42' })
    const renewed = await sessions.createSession({ userId: '42' })
    for (const { token } of [ended, renewed]) await sessions.verifySession(token)
    await sessions.invalidateSession(ended.session.id)
    await sessions.renewSession(renewed.session.id, { amr: ['pwd'] })
    const nobodys = formatToken({ id: newSessionId('42'), secret: newSecret() })
    for (const token of [ended.token, renewed.token, nobodys]) {
      expect(sessions.verifyCached(token)).toBeNull()
    }
  })

  it('shows the same session anew each time: what a caller does to one is not seen in the next', async () => {
    const { token } = await sessions.createSession({ userId: '42', amr: ['pwd'] })
    await sessions.verifySession(token)
    const [first, second] = [sessions.verifyCached(token), sessions.verifyCached(token)]
    if (!first?.active || !second?.active) return expect.unreachable()
    expect(first.session).not.toBe(second.session)
    expect(() => (first.session.amr as string[]).push('otp')).toThrow(TypeError)
    expect(Object.isFrozen(first.session.deviceInfo)).toBe(true)
  })

  it('is unknown without a look at anything for what has not the shape of a token', () => {
    expect(sessions.verifyCached('x')).toEqual({ active: false, reason: 'unknown' })
    expect(sessions.verifyCached(null as unknown as string)).toEqual({ active: false, reason: 'unknown' })
  })
})

describe('a file that another process has open, too', () => {
  it('is asked before each answer whether it was changed there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-verify-'))
    const file = join(folder, 'sessions.db')
    await open(() => sqliteStorage(file), 'memory')
    const elsewhere = await createSessions({ storage: sqliteStorage(file), clock, cleanup: 'by-command' })
    const { session, token } = await sessions.createSession({ userId: '42' })
    // Migrating the file counts as a change, so that the first look at it only takes note.
    await sessions.verifySession(token)
    await sessions.verifySession(token)
    expect(sessions.verifyCached(token)).toMatchObject({ active: true })
    await elsewhere.invalidateSession(session.id)
    expect(sessions.verifyCached(token)).toBeNull()
    expect(await sessions.verifySession(token)).toEqual({ active: false, reason: 'revoked' })
    await elsewhere.close()
    await sessions.close()
    await rm(folder, { recursive: true })
  })
})

describe('no cache', () => {
  it('reads the storage once each time', async () => {
    await open(memoryStorage, 'none')
    const { token } = await sessions.createSession({ userId: '42' })
    calls.length = 0
    await sessions.verifySession(token)
    await sessions.verifySession(token)
    expect(calls).toEqual(['sessions.find', 'sessions.find'])
    expect(sessions.verifyCached(token)).toBeNull()
  })
})
