import { type Device, instantOf, type Session } from 'latchkey'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { type Trial, trialCommandLine } from '../command-line/trial-command-line.fake.ts'
import type { Program } from '../program/open-program.ts'
import { demoEmail, demoUser } from './demo-user-id.ts'
import { fillDemo, startOf } from './fill-demo.ts'
import { movingClock } from './moving-clock.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

const plan = { seed: '1', users: 12, days: 40, endsAt: instantOf(Date.parse('2026-11-24T12:00:00Z')) }
const trials: Trial[] = []

afterAll(() => {
  for (const trial of trials.splice(0)) trial.remove()
})

/** Every session of a new demonstration, as far as it does not depend on chance, and what analytics says of one user. */
async function filled(seed = plan.seed, crowd = 0) {
  const trial = trialCommandLine()
  trials.push(trial)
  const clock = movingClock(startOf(plan))
  return trial.withProgram(async (program) => {
    await fillDemo({
      program,
      clock,
      plan: { ...plan, seed },
      crowd,
      password: 'seven quiet harbours',
      onProgress: () => {},
    })
    const { items } = await program.sessions.listSessions({}, { cursor: null, limit: 1_000 })
    const emails = await program.accounts.emailsOf(items.map((session) => session.userId))
    const names = items.map((session) => emails.get(session.userId) ?? session.userId)
    const user = items.find((_, index) => names[index] === demoEmail(demoUser))
    return {
      sessions: items.map((session, index) => withoutChance(session, names[index] ?? '')).toSorted(byStart),
      totals: await program.sessions.getTotals(),
      devices: (await program.sessions.getDevices(user?.userId ?? '')).map(deviceWithoutChance),
      analytics: await program.sessions.getSessionAnalytics('customer-1005'),
      backlog: (await program.sessions.getCleanupState()).backlog,
      alerts: (await program.sessions.listAlerts({}, { cursor: null, limit: 200 })).items,
      mutes: await program.sessions.getMutes(),
      bulkEndings: await program.sessions.listBulkEndings(),
      savedFilters: await program.savedFilters.list(await administratorOf(program)),
      reports: await program.sessions.getReportState(),
      analytics90: await program.sessions.getAnalytics({
        from: startOf(plan),
        until: plan.endsAt,
        interval: 'day',
      }),
    }
  }, clock)
}

let made: ReturnType<typeof filled> | undefined

/** The one that several tests look at. */
function usual() {
  made ??= filled()
  return made
}

async function administratorOf({ accounts }: Program): Promise<string> {
  return (await accounts.list()).find(({ role }) => role === 'admin')?.id ?? ''
}

function withoutChance(session: Session, userName: string) {
  const { id: _id, userId: _userId, deviceId: _deviceId, endedBy, ...rest } = session
  return { ...rest, userName, endedBy: endedBy?.split(':')[0] ?? null }
}

function deviceWithoutChance({ id: _id, userId: _userId, ...rest }: Device) {
  return rest
}

function byStart(
  a: { createdAt: number; userName: string },
  b: { createdAt: number; userName: string },
): number {
  return a.createdAt - b.createdAt || a.userName.localeCompare(b.userName)
}

describe('the demonstration', () => {
  it('brings the same sessions for the same seed and end, and others for another seed', async () => {
    const [first, again, other] = [await usual(), await filled(), await filled('2')]
    for (const part of ['sessions', 'totals', 'devices', 'analytics'] as const) {
      expect(again[part]).toEqual(first[part])
    }
    expect(other.sessions).not.toEqual(first.sessions)
  })

  it('gives its user devices: named, trusted, signed in to from where they live, one session each', async () => {
    const { devices } = await usual()
    expect(devices.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Work laptop', 'Kitchen tablet', 'My phone', null]),
    )
    expect(devices.some(({ trustedUntil }) => trustedUntil !== null)).toBe(true)
    expect(devices.every(({ activeSessions }) => activeSessions <= 1)).toBe(true)
    const [place] = devices.flatMap(({ places }) => places)
    expect(place).toMatchObject({ location: 'Oslo, Norway' })
    expect(
      Math.max(...devices.flatMap(({ places }) => places.map(({ sessions }) => sessions))),
    ).toBeGreaterThan(1)
  })

  it('looks alive: devices are known, some sessions were used minutes ago, some ended for each reason', async () => {
    const { sessions, totals, analytics, backlog } = await usual()
    expect(totals.created).toBe(sessions.length)
    expect(totals.active).toBe(sessions.filter((session) => session.isActive).length)
    expect(backlog).toBe(0)
    expect(totals.ended.logout + totals.ended['idle-timeout'] + totals.ended.revoked).toBeGreaterThan(10)
    expect(analytics.daily.some((day) => day.created > 0)).toBe(true)
    expect(new Set(sessions.map((session) => session.userName))).toContain(demoEmail(1))
    const known = sessions.filter((session) => session.deviceInfo.browser !== 'unknown')
    expect(known).toHaveLength(sessions.length)
    expect(new Set(sessions.map((session) => session.deviceInfo.type)).size).toBeGreaterThan(1)
    expect(sessions.every((session) => session.deviceInfo.location !== null)).toBe(true)
    const lastUse = Math.max(...sessions.map((session) => session.lastAccessedAt ?? 0))
    expect(lastUse).toBeGreaterThan(plan.endsAt - 25 * 60_000)
    expect(lastUse).toBeLessThanOrEqual(plan.endsAt)
  })

  it('leaves an administrator something to do, and something that was done', async () => {
    const { alerts, mutes, bulkEndings, savedFilters } = await usual()
    const inbox = alerts.filter(({ severity }) => severity !== 'info')
    expect(new Set(inbox.map(({ state }) => state))).toEqual(
      new Set(['open', 'acknowledged', 'resolved', 'false-alarm']),
    )
    expect(inbox.filter(({ state }) => state === 'open').length).toBeLessThan(26)
    expect(inbox.find(({ state }) => state === 'acknowledged')).toMatchObject({
      detector: 'programmatic-client',
      assignee: expect.any(String),
      notes: [{ text: expect.any(String) }],
    })
    expect(mutes).toHaveLength(1)
    expect(bulkEndings).toMatchObject([{ state: 'done', expected: 7, ended: 7 }])
    expect(savedFilters.length).toBeGreaterThan(1)
  })

  it('has a crowd beside the story, of one session a sign-in, and counts everything', async () => {
    const [alone, crowded] = [await usual(), await filled(plan.seed, 300)]
    expect(crowded.totals.created).toBe(alone.totals.created + 300)
    expect(crowded.backlog).toBe(0)
    expect(crowded.reports.behind).toBe(0)
    expect(crowded.analytics90.totals.created).toBe(crowded.totals.created)
  })
})
