import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days, hours, minutes } from '../foundation/time.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { createSessions, type Sessions } from './sessions.ts'

let clock: FakeClock
let sessions: Sessions

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('the analytics of a user in %s', (_engine, newStorage) => {
  beforeEach(async () => {
    clock = fakeClock()
    sessions = await createSessions({ storage: newStorage(), clock, cleanup: 'by-command' })
  })
  afterEach(() => sessions.close())

  it('are all zero, with 30 days, for a user that nobody knows', async () => {
    const analytics = await sessions.getSessionAnalytics('42')
    expect(analytics).toMatchObject({
      totalSessions: 0,
      activeSessions: 0,
      recentSessions: 0,
      deviceTypes: {},
      averageDurationSeconds: 0,
      longestDurationSeconds: 0,
      ended: { logout: 0, expired: 0, 'idle-timeout': 0, revoked: 0, replaced: 0 },
    })
    expect(analytics.daily).toHaveLength(30)
    expect(analytics.daily[0]).toEqual({ date: '2025-12-03', created: 0, ended: 0 })
    expect(analytics.daily[29]).toEqual({ date: '2026-01-01', created: 0, ended: 0 })
  })

  it('add up what happened', async () => {
    const deviceInfo = { type: 'mobile', browser: 'Safari', os: 'iOS', location: 'Oslo, Norway' } as const
    await sessions.createSession({ userId: '42', deviceInfo })
    clock.advance(days(40))
    const ended = await sessions.createSession({ userId: '42', deviceInfo })
    await sessions.createSession({ userId: '42', deviceInfo })
    await sessions.createSession({ userId: '43', deviceInfo })
    clock.advance(hours(3))
    await sessions.invalidateSession(ended.session.id, { reason: 'logout' })
    const analytics = await sessions.getSessionAnalytics('42')
    expect(analytics).toMatchObject({
      totalSessions: 3,
      activeSessions: 1,
      recentSessions: 2,
      deviceTypes: { mobile: 1 },
      browsers: { Safari: 1 },
      operatingSystems: { iOS: 1 },
      locations: { 'Oslo, Norway': 1 },
      averageDurationSeconds: 3_600,
      longestDurationSeconds: 10_800,
      ended: { logout: 1 },
    })
    expect(analytics.daily.at(-1)).toEqual({ date: '2026-02-10', created: 2, ended: 1 })
  })

  it('have one row a day, in order, whatever the time of day', async () => {
    clock.advance(days(60))
    clock.advance(hours(23))
    clock.advance(minutes(59))
    const dates = (await sessions.getSessionAnalytics('42')).daily.map(({ date }) => date)
    expect(new Set(dates).size).toBe(30)
    expect(dates).toEqual([...dates].sort())
    expect(dates.at(-1)).toBe('2026-03-02')
  })

  it('show what happened on the first of the 30 days from its very beginning, and nothing from before', async () => {
    await sessions.createSession({ userId: '42' })
    clock.advance(days(29))
    clock.advance(hours(23))
    const analytics = await sessions.getSessionAnalytics('42')
    expect(analytics.daily[0]).toEqual({ date: '2026-01-01', created: 1, ended: 0 })
    clock.advance(hours(1))
    const later = await sessions.getSessionAnalytics('42')
    expect(later.daily.reduce((sum, { created }) => sum + created, 0)).toBe(0)
  })

  it('are refused for a user id of another shape', async () => {
    await expect(sessions.getSessionAnalytics('')).rejects.toMatchObject({ field: 'userId' })
  })

  it('have totals over every user beside them', async () => {
    const { session } = await sessions.createSession({ userId: '42' })
    await sessions.createSession({ userId: '43' })
    await sessions.invalidateSession(session.id)
    expect(await sessions.getTotals()).toMatchObject({ active: 1, created: 2, ended: { revoked: 1 } })
  })
})
