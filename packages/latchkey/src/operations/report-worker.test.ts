import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { days, hours, instantOf, minutes } from '../foundation/time.ts'
import { systemActor } from '../model/session.ts'
import { plainEvent } from '../model/session-event.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import { createSessions, type Sessions } from './sessions.ts'

const secret = new Uint8Array(32).fill(7)
const opened: Sessions[] = []

afterEach(async () => {
  for (const sessions of opened.splice(0)) await sessions.close()
})

async function open(storage: Storage, clock: FakeClock): Promise<Sessions> {
  const sessions = await createSessions({ storage, clock, secret, cleanup: 'by-command', retention: null })
  opened.push(sessions)
  return sessions
}

const whole = { differing: 0, examples: [], skipped: 0 }

/** What happens to one of a few users. */
const step = fc.record({
  kind: fc.constantFrom(
    'sign-in',
    'sign-in',
    'end',
    'end-all',
    'verify',
    'wait',
    'count',
    'count-at-once',
    'crash',
    'clean',
    'forget',
    'rebuild',
  ),
  user: fc.constantFrom('ada', 'bob', 'eve'),
  browser: fc.constantFrom('Chrome', 'Firefox', 'Safari'),
  wait: fc.integer({ min: 1, max: 40 }).map(hours),
})

describe.each([
  ['memory', () => memoryStorage()],
  ['SQLite', () => sqliteStorage(':memory:')],
])('on %s', (_engine, storageOf) => {
  it('numbers equal a recount, whatever batches they came in, with crashes between and two workers at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const clock = fakeClock()
        let crashes = false
        const storage = interceptedStorage(storageOf(), async (operation, call) => {
          const result = await call()
          if (!crashes || operation !== 'rollups.apply') return result
          crashes = false
          throw new LatchkeyError('storage-unavailable', 'gone after it was done')
        })
        const sessions = await open(storage, clock)
        // Both work on one storage, as two processes do on one database.
        const other = await open(
          { ...storage, open: async () => undefined, close: async () => undefined },
          clock,
        )
        const tokens: string[] = []
        for (const { kind, user, browser, wait } of steps) {
          if (kind === 'sign-in') {
            const deviceInfo = { browser, type: 'desktop' } as const
            const created = await sessions.createSession({
              userId: user,
              deviceInfo,
              amr: ['pwd'],
              deviceTokens: [],
            })
            tokens.push(created.token)
          }
          if (kind === 'end') await sessions.invalidateSession(tokens.pop()?.split('.')[0] ?? '')
          if (kind === 'end-all') await sessions.invalidateAllUserSessions(user, { reason: 'logout' })
          if (kind === 'verify') await sessions.verifySession(tokens.at(-1) ?? 'none')
          if (kind === 'wait') clock.advance(wait)
          if (kind === 'count') await sessions.updateReports()
          if (kind === 'count-at-once') await Promise.all([sessions.updateReports(), other.updateReports()])
          if (kind === 'clean') await sessions.cleanupExpiredSessions()
          if (kind === 'forget') await sessions.forgetUser(user)
          if (kind === 'rebuild') await sessions.rebuildReports()
          crashes = kind === 'crash'
          if (kind === 'crash') await sessions.updateReports().catch(() => undefined)
        }
        await other.updateReports()
        expect(await sessions.getReportState()).toMatchObject({ behind: 0 })
        const recount = await sessions.recountReports()
        expect(recount).toMatchObject({ differing: 0, examples: [] })
        if (steps.every(({ kind }) => kind !== 'forget')) {
          expect(recount.skipped).toBe(0)
          if (steps.some(({ kind }) => kind === 'sign-in')) expect(recount.compared).toBeGreaterThan(0)
        }
        for (const one of opened.splice(0).reverse()) await one.close()
      }),
      { numRuns: 25 },
    )
  })
})

describe('numbers', () => {
  const clock = fakeClock()

  async function withSignIns(): Promise<{ readonly sessions: Sessions; readonly storage: Storage }> {
    const storage = memoryStorage()
    const sessions = await open(storage, clock)
    for (const userId of ['ada', 'ada', 'bob']) await sessions.createSession({ userId })
    await sessions.updateReports()
    return { sessions, storage }
  }

  it('that were changed are found by a recount, and made right by a rebuild', async () => {
    const { sessions, storage } = await withSignIns()
    const at = clock.now()
    const position = await storage.events.latest()
    const bucket = { interval: 'hour', start: at, measure: 'created', dimension: 'all', value: '' } as const
    const forged = { ...bucket, count: 5, sum: 0 }
    await storage.events.append([plainEvent({ type: 'policy.changed', at, actor: systemActor })])
    await storage.rollups.apply({
      after: position,
      upTo: position + 1,
      since: at,
      rollups: [forged],
      members: [],
    })
    const found = await sessions.recountReports()
    expect(found.differing).toBe(1)
    expect(found.examples).toMatchObject([
      { interval: 'hour', measure: 'created', recorded: 8, recounted: 3 },
    ])
    expect(await sessions.rebuildReports()).toMatchObject({ events: 4, from: at })
    expect(await sessions.recountReports()).toMatchObject(whole)
  })

  it('who was seen before a rebuild is not counted again after it', async () => {
    const { sessions } = await withSignIns()
    await sessions.rebuildReports()
    await sessions.createSession({ userId: 'ada' })
    await sessions.updateReports()
    const { points } = await sessions.getAnalytics({
      from: clock.now(),
      until: instantOf(clock.now() + 1),
      interval: 'hour',
    })
    expect(points).toMatchObject([{ created: 4, distinctUsers: 2 }])
    expect(await sessions.recountReports()).toMatchObject(whole)
  })

  it('of hours with an erased event are left as they are, by a recount and by a rebuild', async () => {
    const { sessions } = await withSignIns()
    const erased = clock.now()
    await sessions.forgetUser('ada')
    clock.advance(days(2))
    await sessions.createSession({ userId: 'bob' })
    await sessions.updateReports()
    const recount = await sessions.recountReports()
    expect(recount).toMatchObject({ differing: 0 })
    expect(recount.skipped).toBeGreaterThan(0)
    await sessions.rebuildReports()
    const { points } = await sessions.getAnalytics({ from: erased, until: clock.now(), interval: 'day' })
    expect(points[0]).toMatchObject({ created: 3, distinctUsers: 2 })
  })

  it('of whom is remembered for two days only', async () => {
    const { sessions, storage } = await withSignIns()
    const forgotten: number[] = []
    const forgetMembers = storage.rollups.forgetMembers.bind(storage.rollups)
    storage.rollups.forgetMembers = async (before, limit) => {
      forgotten.push(await forgetMembers(before, limit))
      return forgotten.at(-1) ?? 0
    }
    clock.advance(days(4))
    await sessions.createSession({ userId: 'ada' })
    await sessions.updateReports()
    expect(forgotten).toEqual([4])
    expect(await sessions.recountReports()).toMatchObject(whole)
  })

  it('have no more values than there is room for, whichever process counted them', async () => {
    const storage = memoryStorage()
    const one = await open(storage, clock)
    const other = await open({ ...storage, open: async () => undefined, close: async () => undefined }, clock)
    let named = 0
    for (const [sessions, browsers] of [
      [one, 120],
      [other, 120],
      [one, 20],
    ] as const) {
      for (let count = 0; count < browsers; count += 1) {
        named += 1
        await sessions.createSession({ userId: 'ada', deviceInfo: { browser: `browser ${named}` } })
      }
      await sessions.updateReports()
    }
    const query = { interval: 'hour', from: clock.now(), until: instantOf(clock.now() + 1) } as const
    const found = await storage.rollups.read({ ...query, measures: ['created'], dimensions: ['browser'] })
    expect(found).toHaveLength(201)
    expect(found.find(({ value }) => value === 'other')?.count).toBe(60)
    expect(await one.recountReports()).toMatchObject(whole)
  })

  it('have no more values than there is room for, also where an hour could not be read at first', async () => {
    const storage = memoryStorage()
    const one = await open(storage, clock)
    let isAway = false
    const read: typeof storage.rollups.read = async (query) => {
      if (isAway) throw new LatchkeyError('storage-unavailable', 'away')
      return storage.rollups.read(query)
    }
    const lent = { open: async () => undefined, close: async () => undefined }
    const other = await open({ ...storage, ...lent, rollups: { ...storage.rollups, read } }, clock)
    let named = 0
    const signIns = async (count: number): Promise<void> => {
      for (const end = named + count; named < end; named += 1)
        await one.createSession({ userId: 'ada', deviceInfo: { browser: `browser ${named}` } })
    }
    await signIns(200)
    await one.updateReports()
    const from = clock.now()
    // From here on the other one has counted last, and knows the next hour only.
    clock.advance(hours(1))
    await signIns(1)
    await other.updateReports()
    clock.set(from)
    await signIns(20)
    isAway = true
    await expect(other.updateReports()).rejects.toThrow('away')
    isAway = false
    await other.updateReports()
    const query = { interval: 'hour', from, until: instantOf(from + 1) } as const
    const found = await storage.rollups.read({ ...query, measures: ['created'], dimensions: ['browser'] })
    expect(found).toHaveLength(201)
    expect(found.find(({ value }) => value === 'other')?.count).toBe(20)
  })

  it('that retention takes are no difference, wherever a recount begins', async () => {
    const { sessions, storage } = await withSignIns()
    const began = clock.now()
    clock.advance(days(200))
    await sessions.createSession({ userId: 'ada' })
    await sessions.updateReports()
    const hoursKept = () =>
      storage.rollups.read({
        interval: 'hour',
        from: began,
        until: clock.now(),
        measures: [],
        dimensions: [],
      })
    const before = (await hoursKept()).length
    // As it is for up to an hour.
    expect(await sessions.recountReports({ from: began })).toMatchObject({ differing: 0 })
    await sessions.forgetEndedSessions()
    expect((await hoursKept()).length).toBeLessThan(before)
    expect(await sessions.recountReports({ from: began })).toMatchObject({ differing: 0 })
    expect(await sessions.recountReports()).toMatchObject({ differing: 0 })
    const kept = await hoursKept()
    await sessions.rebuildReports()
    expect(await hoursKept()).toEqual(kept)
  })

  it('of a beginning that is named are compared alone', async () => {
    const { sessions } = await withSignIns()
    const all = await sessions.recountReports()
    clock.advance(hours(2))
    await sessions.createSession({ userId: 'bob' })
    await sessions.updateReports()
    const since = await sessions.recountReports({ from: instantOf(clock.now() - minutes(1)) })
    expect(since).toMatchObject({ ...whole, skipped: expect.any(Number) })
    expect(since.compared).toBeGreaterThan(0)
    expect(since.compared).toBeLessThan(all.compared)
    const stopped = AbortSignal.abort()
    await expect(sessions.recountReports({ signal: stopped })).rejects.toThrow()
  })
})
