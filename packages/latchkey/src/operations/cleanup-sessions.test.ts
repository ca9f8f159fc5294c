import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { after, days, minutes, seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import { cleanupBatch } from './cleanup-batches.ts'
import { batchesInOneRun } from './cleanup-pace.ts'
import { createSessions, type Sessions } from './sessions.ts'

const away = new LatchkeyError('storage-unavailable', 'the storage is away')

/** Steps that take no time grow from 10 rows to `cleanupBatch`: ten of them. */
const mostInFirstRun = 10 + 20 + 40 + 80 + 160 + 320 + 4 * cleanupBatch

/** In milliseconds. Thousands of sessions take about a second; a busy machine is given more. */
const timeLimit = 60_000

let clock: FakeClock
let timers: FakeTimers
let calls: string[]
let failing: string | null
let errors: [error: unknown, task: string][]
let sessions: Sessions

async function open(newStorage: () => Storage, cleanup: 'automatic' | 'by-command'): Promise<void> {
  clock = fakeClock()
  timers = fakeTimers()
  calls = []
  failing = null
  errors = []
  const storage = interceptedStorage(newStorage(), async (operation, call) => {
    calls.push(operation)
    if (operation === failing) throw away
    return call()
  })
  const onBackgroundError = (error: unknown, task: string): void => void errors.push([error, task])
  sessions = await createSessions({ storage, clock, timers, cleanup, onBackgroundError })
}

/** Lets a run in the background come to its end: it takes a few turns for each of its steps. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await nextTurn()
}

const steps = (): number => calls.filter((call) => call === 'sessions.cleanup').length

afterEach(() => sessions.close())

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('by command, in %s', (_engine, newStorage) => {
  beforeEach(() => open(newStorage, 'by-command'))

  it('ends what is past its deadline, says how many, and leaves the rest', async () => {
    const short = await sessions.createSession({ userId: '42', expiresInDays: 1 })
    const unused = await sessions.createSession({ userId: '42', expiresInDays: 60 })
    const used = await sessions.createSession({ userId: '42', expiresInDays: 60 })
    for (const each of [short, unused, used]) await sessions.verifySession(each.token)
    clock.advance(days(7))
    await sessions.verifySession(used.token)
    clock.advance(minutes(1))
    expect(await sessions.getCleanupState()).toEqual({ backlog: 2, lastRunAt: null, endedInLastRun: 0 })

    expect(await sessions.cleanupExpiredSessions()).toBe(2)
    expect(await sessions.getCleanupState()).toEqual({
      backlog: 0,
      lastRunAt: clock.now(),
      endedInLastRun: 2,
    })
    expect(await sessions.getSession(short.session.id)).toMatchObject({
      endReason: 'expired',
      endedBy: 'system',
    })
    expect(await sessions.getSession(unused.session.id)).toMatchObject({ endReason: 'idle-timeout' })
    expect(await sessions.verifySession(used.token)).toMatchObject({ active: true })
    expect(await sessions.verifySession(short.token)).toEqual({ active: false, reason: 'expired' })
    expect(await sessions.verifySession(unused.token)).toEqual({ active: false, reason: 'expired' })
    expect(await sessions.cleanupExpiredSessions()).toBe(0)
  })

  it('ends nothing when the uses that wait cannot be written: one of them may be what keeps a session', async () => {
    const { token } = await sessions.createSession({ userId: '42' })
    clock.advance(days(6))
    await sessions.verifySession(token)
    clock.advance(days(6))
    failing = 'sessions.touch'
    await expect(sessions.cleanupExpiredSessions()).rejects.toBe(away)
    expect(steps()).toBe(0)
    failing = null
    expect(await sessions.cleanupExpiredSessions()).toBe(0)
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
  })

  it('takes as many bounded steps as it needs', async () => {
    const count = cleanupBatch * 2 + 1
    const request = { userId: '42', expiresInSeconds: 60 }
    await Promise.all(Array.from({ length: count }, () => sessions.createSession(request)))
    clock.advance(minutes(1))
    expect(await sessions.cleanupExpiredSessions()).toBe(count)
    expect(steps()).toBe(3)
  })

  it('forgets what ended before the retention, and the totals go on counting it', async () => {
    const { session } = await sessions.createSession({ userId: '42' })
    await sessions.invalidateSession(session.id)
    clock.advance(days(90))
    expect(await sessions.forgetEndedSessions()).toBe(0)
    clock.advance(seconds(1))
    expect(await sessions.forgetEndedSessions()).toBe(1)
    expect(await sessions.getSession(session.id)).toBeNull()
    expect(await sessions.getTotals()).toMatchObject({ active: 0, created: 1, ended: { revoked: 1 } })
    expect(await sessions.getSessionAnalytics('42')).toMatchObject({
      totalSessions: 1,
      ended: { revoked: 1 },
    })
  })
})

it('without a retention nothing is forgotten', async () => {
  await open(memoryStorage, 'by-command')
  const keeping = await createSessions({
    storage: memoryStorage(),
    clock,
    timers,
    retention: null,
    cleanup: 'by-command',
  })
  const { session } = await keeping.createSession({ userId: '42' })
  await keeping.invalidateSession(session.id)
  clock.advance(days(9_999))
  expect(await keeping.forgetEndedSessions()).toBe(0)
  expect(await keeping.getSession(session.id)).not.toBeNull()
})

describe.each(storages)('by itself, in %s', (_engine, newStorage) => {
  beforeEach(() => open(newStorage, 'automatic'))

  it('runs soon after the start and again about each minute', async () => {
    const { session } = await sessions.createSession({ userId: '42', expiresInSeconds: 30 })
    clock.advance(seconds(30))
    timers.advance(seconds(6))
    await settle()
    expect(await sessions.getSession(session.id)).toMatchObject({ endReason: 'expired' })
    expect(steps()).toBe(1)
    timers.advance(seconds(47))
    await settle()
    expect(steps()).toBe(1)
    timers.advance(seconds(25))
    await settle()
    expect(steps()).toBe(2)
  })

  it(
    'does a bounded amount in a run, and comes back soon for the rest',
    async () => {
      const request = { userId: '42', expiresInSeconds: 60 }
      const count = mostInFirstRun + 1
      await Promise.all(Array.from({ length: count }, () => sessions.createSession(request)))
      clock.advance(minutes(1))
      timers.advance(seconds(6))
      await settle()
      expect(steps()).toBe(batchesInOneRun)
      expect(await sessions.getCleanupState()).toMatchObject({ backlog: 1, endedInLastRun: count - 1 })
      timers.advance(seconds(2))
      await settle()
      expect(await sessions.getCleanupState()).toMatchObject({ backlog: 0, endedInLastRun: 1 })
    },
    timeLimit,
  )

  it(
    'comes back soon when it is only events that are left to forget',
    async () => {
      const { session } = await sessions.createSession({ userId: '42' })
      for (let count = 0; count < mostInFirstRun; count += 1) {
        await sessions.renewSession(session.id, { amr: ['pwd'] })
      }
      await sessions.forgetEndedSessions()
      clock.advance(days(1))
      await sessions.invalidateSession(session.id)
      await sessions.forgetEndedSessions()
      await sessions.updateReports()
      clock.advance(days(400))
      timers.advance(seconds(6))
      await settle()
      const forgotten = (): number => calls.filter((call) => call === 'events.forget').length
      expect(forgotten()).toBe(batchesInOneRun)
      timers.advance(seconds(2))
      await settle()
      expect(forgotten()).toBe(batchesInOneRun + 1)
    },
    timeLimit,
  )

  it('reports a run that failed and tries again', async () => {
    failing = 'sessions.cleanup'
    timers.advance(seconds(6))
    await settle()
    expect(errors).toEqual([[away, 'cleanup']])
    expect(await sessions.getCleanupState()).toMatchObject({ lastRunAt: null })
    failing = null
    timers.advance(seconds(72))
    await settle()
    expect(await sessions.getCleanupState()).toMatchObject({ lastRunAt: clock.now() })
    expect(errors).toHaveLength(1)
  })

  it('says since when it does not get through where forgetting fails and ending does not', async () => {
    timers.advance(seconds(6))
    await settle()
    const { lastRunAt } = await sessions.getCleanupState()
    failing = 'sessions.forget'
    for (let run = 0; run < 2; run += 1) {
      clock.advance(minutes(2))
      timers.advance(seconds(72))
      await settle()
    }
    expect(errors.map(([error]) => error)).toEqual([away, away])
    // The first run that failed could not know that yet.
    expect((await sessions.getCleanupState()).lastRunAt).toBe(after(lastRunAt ?? clock.now(), minutes(2)))
    failing = null
    for (let run = 0; run < 2; run += 1) {
      timers.advance(seconds(72))
      await settle()
    }
    expect(await sessions.getCleanupState()).toMatchObject({ lastRunAt: clock.now() })
  })

  it('is over when the sessions are closed', async () => {
    await sessions.close()
    expect(timers.pending).toBe(0)
  })
})
