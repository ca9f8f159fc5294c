import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { after, before, days, hours, type Instant, minutes } from '../foundation/time.ts'
import { unknownPlace } from '../model/place.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import type { AnalyticsQuestion } from './analytics.ts'
import { createSessions, type Sessions } from './sessions.ts'

const places = {
  name: 'example',
  locate: (address: string) => ({ ...unknownPlace, country: address.startsWith('192.') ? 'NO' : 'SE' }),
  data: () => null,
} as never

let sessions: Sessions
let clock: ReturnType<typeof fakeClock>

const engines = [
  ['memory', () => memoryStorage()],
  ['SQLite', () => sqliteStorage(':memory:')],
] as const

async function signIn(userId: string, browser: string, ipAddress: string): Promise<string> {
  const request = { userId, ipAddress, deviceInfo: { browser, type: 'desktop' }, amr: ['pwd'] } as const
  return (await sessions.createSession(request)).session.id
}

const last = (
  time: Parameters<typeof before>[1],
  question: Partial<AnalyticsQuestion> = {},
): AnalyticsQuestion => ({
  from: before(clock.now(), time),
  until: clock.now(),
  interval: 'day',
  ...question,
})

describe.each(engines)('analytics on %s', (_engine, storageOf) => {
  beforeEach(async () => {
    clock = fakeClock()
    sessions = await createSessions({ storage: storageOf(), clock, places, cleanup: 'by-command' })
    const first = await signIn('ada', 'Firefox', '198.51.100.7')
    clock.advance(days(1))
    await sessions.invalidateSession(first, { reason: 'logout' })
    await signIn('ada', 'Chrome', '192.0.2.7')
    await signIn('bob', 'Chrome', '192.0.2.8')
    const third = await signIn('bob', 'Safari', '198.51.100.8')
    clock.advance(hours(5))
    await sessions.invalidateSession(third, { reason: 'revoked' })
    await sessions.updateReports()
  })

  afterEach(() => sessions.close())

  it('has every day with what happened in it, and the period before', async () => {
    const found = await sessions.getAnalytics(last(hours(5)))
    expect(found.points).toMatchObject([{ created: 3, ended: 2, distinctUsers: 2 }])
    expect(found.totals).toMatchObject({ created: 3, ended: 2, endedByReason: { logout: 1, revoked: 1 } })
    expect(found.before).toMatchObject({ created: 1, ended: 0 })
    expect(found).toMatchObject({ source: 'rollups', completeFrom: null, eventsBehind: 0 })
    expect(found.durations).toMatchObject({ count: 2, average: (days(1) + hours(5)) / 2 })
  })

  it.each(['device_type', 'browser', 'os', 'country', 'network', 'method', 'reason'] as const)(
    'tells the same by %s from sessions on record as from what was counted when it happened',
    async (groupBy) => {
      const question = last(hours(14), { groupBy, interval: 'hour' })
      const counted = await sessions.getAnalytics(question)
      const tallied = await sessions.getAnalytics({ ...question, conditions: {} })
      expect(tallied.source).toBe('sessions')
      expect(tallied.groups).toEqual(counted.groups)
      expect(tallied.groupPoints).toEqual(counted.groupPoints)
      expect(tallied.durations).toEqual(counted.durations)
      expect(tallied.totals).toEqual({ ...counted.totals, verified: null, refused: null })
      const known = counted.points.map((point) => ({
        ...point,
        verified: null,
        refused: null,
        distinctDevices: null,
      }))
      expect(tallied.points).toEqual(known)
    },
  )

  it('of a filter or a user is of these sessions alone', async () => {
    const ofCountry = { facets: [{ facet: 'country', is: 'one-of', values: ['NO'] }] } as const
    expect((await sessions.getAnalytics(last(days(2), { conditions: ofCountry }))).totals.created).toBe(2)
    const ofUser = await sessions.getAnalytics(
      last(days(2), { conditions: { userId: 'ada' }, groupBy: 'browser' }),
    )
    expect(ofUser.totals.created).toBe(2)
    expect(ofUser.groups?.map(({ value }) => value)).toEqual(['Chrome', 'Firefox'])
    expect(ofUser.retention).toEqual([])
  })

  it('knows which sessions outlasted a time, as soon as all of a day are as old', async () => {
    clock.advance(days(3))
    const { retention } = await sessions.getAnalytics(last(days(4)))
    const after = (time: number) => retention.find((point) => point.after === time)?.share
    expect(after(hours(1))).toBe(1)
    expect(after(hours(12))).toBe(0.75)
    expect(after(days(30))).toBeNull()
  })

  it('counts sessions over weeks as one', async () => {
    for (const lasting of [9, 9, 20]) {
      const id = await signIn('ada', 'Chrome', '192.0.2.7')
      clock.advance(hours(lasting))
      await sessions.invalidateSession(id, { reason: 'logout' })
      clock.advance(days(8))
    }
    const month = last(days(30), { conditions: {}, groupBy: 'browser' })
    const { points, totals, groups, durations } = await sessions.getAnalytics(month)
    expect([totals.created, totals.ended, totals.endedByReason]).toEqual([7, 5, { logout: 4, revoked: 1 }])
    expect(groups?.map(({ value, created }) => [value, created])).toEqual([
      ['Chrome', 5],
      ['Firefox', 1],
      ['Safari', 1],
    ])
    expect([durations.count, durations.average]).toEqual([5, hours((24 + 5 + 9 + 9 + 20) / 5)])
    expect(points.filter(({ created }) => created > 0).map(({ distinctUsers }) => distinctUsers)).toEqual([
      1, 2, 1, 1,
    ])
  })

  it('compares as much of the period before as there has been of this one', async () => {
    clock.advance(hours(67))
    // A sign-in every ten minutes, from midnight on.
    for (let count = 0; count < 48 * 6; count += 1) {
      await signIn('eve', 'Chrome', '192.0.2.9')
      clock.advance(minutes(10))
    }
    await signIn('eve', 'Chrome', '192.0.2.9')
    clock.advance(minutes(10))
    await sessions.updateReports()
    const today = { from: clock.now(), until: after(clock.now(), minutes(1)) }
    for (const conditions of [null, { userId: 'eve' }]) {
      const found = await sessions.getAnalytics(last(days(1), { ...today, conditions, groupBy: 'browser' }))
      expect(found.totals.created).toBe(1)
      expect(found.before?.created).toBe(1)
      expect(found.groups).toEqual([{ value: 'Chrome', created: 1, createdBefore: 1 }])
      expect(found.completeFrom).toBeNull()
    }
    const both = await sessions.getAnalytics(last(days(1), { conditions: { userId: 'eve' } }))
    expect([both.totals.created, both.before?.created]).toEqual([145, 1])
    expect(await sessions.getOverview()).toMatchObject({ totals: { created: 139 }, before: { created: 139 } })
  })

  it('compares with nothing that is not known as a whole', async () => {
    const asked = (question: Partial<AnalyticsQuestion>) => sessions.getAnalytics(last(days(1), question))
    expect((await asked({ from: before(clock.now(), days(1)) })).before).toBeNull()
    expect((await asked({ groupBy: 'os', from: before(clock.now(), days(1)) })).groups?.[0]).toMatchObject({
      createdBefore: null,
    })
    clock.advance(days(200))
    const ofNobody = { conditions: { userId: 'nobody' } }
    expect((await asked({ from: before(clock.now(), days(44)), ...ofNobody })).before).not.toBeNull()
    const long = await asked({ from: before(clock.now(), days(46)), ...ofNobody })
    expect([long.before, long.completeFrom]).toEqual([null, null])
    const longer = await asked({ from: before(clock.now(), days(100)), ...ofNobody })
    expect(longer.completeFrom).toBe(before(clock.now(), days(90)))
  })

  it('says what is not counted yet, and from when on numbers are complete', async () => {
    await signIn('eve', 'Chrome', '192.0.2.9')
    const found = await sessions.getAnalytics(last(days(30)))
    expect(found.eventsBehind).toBe(1)
    expect(found.completeFrom).toBe(Date.UTC(2026, 0, 1))
    clock.advance(days(91))
    const byHour = last(days(30), {
      from: before(clock.now(), days(100)),
      until: before(clock.now(), days(80)),
      interval: 'hour',
    })
    expect((await sessions.getAnalytics(byHour)).completeFrom).toBe(before(clock.now(), days(90)))
  })

  it('at a glance is the last day and the one before, by the hour', async () => {
    const overview = await sessions.getOverview()
    expect(overview).toMatchObject({ activeSessions: 2, totals: { created: 3 }, before: null })
    expect(overview.hours).toHaveLength(48)
    expect(overview.groups.country).toEqual([
      { value: 'NO', created: 2, createdBefore: null },
      { value: 'SE', created: 1, createdBefore: null },
    ])
    expect(overview.durations.count).toBe(2)
    clock.advance(days(1))
    clock.advance(minutes(30))
    const next = await sessions.getOverview()
    expect(next).toMatchObject({ totals: { created: 0 }, before: { created: 3, ended: 2 } })
    expect(next.groups.country).toContainEqual({ value: 'NO', created: 0, createdBefore: 2 })
  })

  it('at a glance shows no hour and compares with none that is not kept', async () => {
    const kept = await createSessions({
      storage: storageOf(),
      clock,
      cleanup: 'by-command',
      rollupHourRetention: days(1),
    })
    await kept.createSession({ userId: 'ada' })
    clock.advance(days(4))
    await kept.updateReports()
    const overview = await kept.getOverview()
    expect([overview.before, overview.hours.length]).toEqual([null, 24])
    await kept.close()
  })
})

describe('what cannot be asked', () => {
  beforeEach(async () => {
    clock = fakeClock()
    sessions = await createSessions({ storage: memoryStorage(), clock, cleanup: 'by-command' })
  })

  afterEach(() => sessions.close())

  it.each<[string, (now: Instant) => object]>([
    ['until', (now) => ({ from: now, until: now, interval: 'day' })],
    ['until', (now) => ({ from: before(now, days(33)), until: now, interval: 'hour' })],
    ['until', (now) => ({ from: before(now, days(402)), until: now, interval: 'day' })],
    ['interval', (now) => ({ from: now, until: after(now, days(1)), interval: 'week' })],
    ['groupBy', (now) => ({ from: now, until: after(now, days(1)), interval: 'day', groupBy: 'shoe' })],
    ['from', (now) => ({ from: 'yesterday', until: now, interval: 'day' })],
    ['lines', (now) => ({ from: before(now, days(1)), until: now, interval: 'day', lines: 201 })],
  ])('names the field: %s', async (field, question) => {
    const asked = sessions.getAnalytics(question(clock.now()) as never)
    await expect(asked).rejects.toMatchObject({ code: 'invalid-argument', field })
  })

  it('before anything is counted there is nothing, and it says so', async () => {
    const found = await sessions.getAnalytics(last(days(1)))
    expect(found).toMatchObject({ totals: { created: 0 }, completeFrom: found.until })
    expect(found.durations.p50).toBeNull()
    expect(await sessions.recountReports()).toMatchObject({ compared: 0 })
    expect(await sessions.rebuildReports()).toMatchObject({ from: null })
  })
})
