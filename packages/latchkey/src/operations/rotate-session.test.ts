import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AnnouncedStorage } from '../cache/announced-storage.fake.ts'
import { FakeProcess } from '../cache/fake-process.fake.ts'
import { FakeBus } from '../cache/invalidation-bus.fake.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import { days, minutes, seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { formatToken, newSecret, parseToken } from '../model/session-token.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import type { CreatedSession } from './create-session.ts'
import { createSessions, type Sessions } from './sessions.ts'

const away = new LatchkeyError('storage-unavailable', 'the storage is away')
const revoked = { active: false, reason: 'revoked' }

let clock: FakeClock
let sessions: Sessions
let storage: Storage
let calls: string[]
let failing: string | null
let old: CreatedSession

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

/** Rejects where a test expects a new token. */
async function rotate(token: string): Promise<string> {
  const rotated = await sessions.rotateSession(token)
  if (rotated === null) throw new TypeError('no new token')
  return rotated.token
}

describe.each(storages)('a rotation in %s', (_engine, newStorage) => {
  beforeEach(async () => {
    clock = fakeClock()
    calls = []
    failing = null
    storage = interceptedStorage(newStorage(), async (operation, call) => {
      calls.push(operation)
      if (operation === failing) throw away
      // Between any two steps others have their turn.
      await nextTurn()
      return call()
    })
    const onBackgroundError = (): void => undefined
    const options = { storage, clock, onBackgroundError, rotationInterval: minutes(15) }
    sessions = await createSessions({ ...options, cleanup: 'by-command' })
    old = await sessions.createSession({ userId: '42', amr: ['pwd'] })
  })
  afterEach(() => sessions.close())

  it('is due once the token has had its time, for the old one until the new one is used, and not again for that', async () => {
    expect(await sessions.verifySession(old.token)).toMatchObject({ rotationDue: false })
    clock.advance(minutes(15))
    expect(sessions.verifyCached(old.token)).toMatchObject({ rotationDue: true })
    const next = await rotate(old.token)
    // The answer that brought the new one may have been lost.
    expect(await sessions.verifySession(old.token)).toMatchObject({ active: true, rotationDue: true })
    expect(await sessions.verifySession(next)).toMatchObject({ active: true, rotationDue: false })
    clock.advance(minutes(15))
    expect(await sessions.verifySession(next)).toMatchObject({ active: true, rotationDue: true })
  })

  it('asked for fifty times at once is made once, and all get the same', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => rotate(old.token)))
    expect(new Set(all).size).toBe(1)
    expect(all[0]).not.toBe(old.token)
    const { items } = await sessions.listEvents({ types: ['session.renewed'] }, { cursor: null, limit: 9 })
    expect(items).toMatchObject([{ after: { cause: 'rotation' }, actor: 'system' }])
    expect(await sessions.verifySession(all[0] ?? '')).toMatchObject({ active: true })
  })

  it('brings the same again for 30 s, and then ends the session', async () => {
    const next = await rotate(old.token)
    clock.advance(seconds(29))
    expect(await rotate(old.token)).toBe(next)
    clock.advance(seconds(1))
    expect(await sessions.rotateSession(old.token)).toBeNull()
    expect(await sessions.verifySession(next)).toEqual(revoked)
  })

  it('leaves the old token good for 5 s after the new one is used, and brings nothing then', async () => {
    const next = await rotate(old.token)
    clock.advance(seconds(10))
    await sessions.verifySession(next)
    expect(await sessions.verifySession(old.token)).toMatchObject({ active: true, rotationDue: false })
    expect(await sessions.rotateSession(old.token)).toBeNull()
    clock.advance(seconds(4.999))
    expect(await sessions.verifySession(old.token)).toMatchObject({ active: true })
    expect(await sessions.verifySession(next)).toMatchObject({ active: true })
    clock.advance(seconds(0.001))
    expect(await sessions.verifySession(old.token, { request: 'r9' })).toEqual(revoked)
    expect(await sessions.verifySession(next)).toEqual(revoked)
    const { items } = await sessions.listEvents({ types: ['session.ended'] }, { cursor: null, limit: 9 })
    expect(items).toMatchObject([{ reason: 'token-reuse', actor: 'system', request: 'r9' }])
  })

  it('ends the session when a token comes that was replaced long ago', async () => {
    const second = await rotate(old.token)
    await sessions.verifySession(second)
    clock.advance(minutes(15))
    const third = await rotate(second)
    await sessions.verifySession(third)
    expect(await sessions.verifySession(old.token)).toEqual(revoked)
    expect(await sessions.verifySession(third)).toEqual(revoked)
  })

  it('ends nothing for a token that was never one, and tells nothing of the session', async () => {
    const next = await rotate(old.token)
    const { id } = parseToken(next) ?? old.session
    const guess = formatToken({ id, secret: newSecret() })
    expect(await sessions.verifySession(guess)).toEqual({ active: false, reason: 'unknown' })
    expect(await sessions.rotateSession(guess)).toBeNull()
    expect(await sessions.rotateSession('no token')).toBeNull()
    expect(await sessions.verifySession(next)).toMatchObject({ active: true })
  })

  it('right after a renewal does not take a request under way for a theft', async () => {
    const second = await rotate(old.token)
    await sessions.verifySession(second)
    const third = await sessions.renewSession(old.session.id, { amr: ['pwd', 'otp'] })
    expect(await sessions.verifySession(old.token)).toEqual({ active: false, reason: 'unknown' })
    expect(await sessions.verifySession(third?.token ?? '')).toMatchObject({ active: true })
    clock.advance(seconds(30))
    expect(await sessions.verifySession(old.token)).toEqual(revoked)
  })

  it('is not for a session that is over, or that owes a factor', async () => {
    const pending = await sessions.createSession({ userId: '42', stage: 'pending' })
    expect(await sessions.rotateSession(pending.token)).toBeNull()
    await sessions.invalidateSession(old.session.id)
    expect(await sessions.rotateSession(old.token)).toBeNull()
    clock.advance(days(31))
    expect(await sessions.rotateSession(pending.token)).toBeNull()
  })

  it('costs one read once the new token has been used: then a cache may answer', async () => {
    const next = await rotate(old.token)
    expect(sessions.verifyCached(next)).toBeNull()
    calls.length = 0
    await sessions.verifySession(next)
    expect(calls).toEqual(['sessions.find', 'sessions.replace'])
    await sessions.verifySession(next)
    expect(sessions.verifyCached(next)).toMatchObject({ active: true })
    expect(sessions.verifyCached(old.token)).toBeNull()
  })

  it('writes down the first use of the new token, also right behind one of the old', async () => {
    const next = await rotate(old.token)
    await sessions.verifySession(old.token)
    await sessions.verifySession(next)
    clock.advance(seconds(5))
    expect(await sessions.verifySession(old.token)).toEqual(revoked)
  })

  it('goes on when the first use of the new token cannot be written down', async () => {
    const next = await rotate(old.token)
    failing = 'sessions.replace'
    expect(await sessions.verifySession(next)).toMatchObject({ active: true })
    failing = null
    expect(await rotate(old.token)).toBe(next)
  })

  it('keeps no secret: what the storage has does not make the new token', async () => {
    const next = parseToken(await rotate(old.token))
    const kept = JSON.stringify(await storage.sessions.find(old.session.id), (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    )
    const secrets = [parseToken(old.token), next].map((token) =>
      Buffer.from(token?.secret ?? '').toString('hex'),
    )
    for (const secret of secrets) expect(kept).not.toContain(secret)
  })
})

it('a rotation on two nodes at once brings one token', async () => {
  const shared = memoryStorage()
  const time = fakeClock()
  const [here, there] = await Promise.all(
    [1, 2].map(() => createSessions({ storage: shared, clock: time, cleanup: 'by-command' })),
  )
  const created = await here?.createSession({ userId: '42' })
  const found = await Promise.all([here, there].map((node) => node?.rotateSession(created?.token ?? '')))
  expect(found[0]?.token).toBe(found[1]?.token)
  await here?.close()
})

it('a node that brings the same again knows it, though it has not heard of the rotation', async () => {
  const heard = Promise.withResolvers<void>()
  const [processHere, processThere] = [new FakeProcess('A', 1), new FakeProcess('B', 1)]
  const delay = (what: string): Promise<void> =>
    what === 'B hears of 1 of A' ? heard.promise : Promise.resolve()
  const bus = new FakeBus(delay, () => processHere.clock.monotonic())
  const database = memoryStorage()
  await database.open()
  const open = (process: FakeProcess): Promise<Sessions> => {
    const { storage } = new AnnouncedStorage(bus, process, database)
    const { clock, timers } = process
    return createSessions({ storage, clock, timers, cleanup: 'by-command' })
  }
  const [here, there] = [await open(processHere), await open(processThere)]
  const { token } = await here.createSession({ userId: '42' })
  await there.verifySession(token)
  expect(there.verifyCached(token)).toMatchObject({ active: true })

  const first = here.rotateSession(token)
  await nextTurn()
  const again = there.rotateSession(token)
  const known = again.then((rotated) => there.verifySession(rotated?.token ?? ''))
  await nextTurn()
  heard.resolve()
  expect(await known).toMatchObject({ active: true })
  expect((await first)?.token).toBe((await again)?.token)
})
