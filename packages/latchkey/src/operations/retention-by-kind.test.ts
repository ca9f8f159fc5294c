import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days, hours } from '../foundation/time.ts'
import type { Alert } from '../model/alert.ts'
import { newAlertId } from '../model/alert-id.ts'
import { noHistory } from '../model/user-history.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { keepHistories } from '../testing/session-store-contract/sample-alert.ts'
import { cleanupBatch } from './cleanup-batches.ts'
import type { RetainedKind } from './forgettable.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { SessionsOptions } from './sessions-options.ts'

let clock: FakeClock
let storage: Storage
let sessions: Sessions

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

async function open(newStorage: () => Storage, options: Partial<SessionsOptions> = {}): Promise<void> {
  clock = fakeClock()
  storage = newStorage()
  sessions = await createSessions({ storage, clock, cleanup: 'by-command', ...options })
}

async function counts(): Promise<Partial<Record<RetainedKind, number>>> {
  const found = await sessions.forgettable()
  return Object.fromEntries(found.map(({ kind, count }) => [kind, count]))
}

function alert(state: Alert['state']): Alert {
  const at = clock.now()
  return {
    ...{ id: newAlertId(), detector: 'new-country', severity: 'low', userId: '42', sessionId: null },
    ...{ deviceId: null, subject: `country:${state}`, reason: 'First sign-in from Norway.', evidence: {} },
    ...{ firstAt: at, lastAt: at, count: 1, state, assignee: null, answer: null, answeredAt: null },
    ...{ response: null, respondedAt: null, notes: [], version: 1 },
  }
}

describe.each(storages)('retention in %s', (_engine, newStorage) => {
  beforeEach(() => open(newStorage))
  afterEach(() => sessions.close())

  it('says of each kind what would go, forgets that and nothing else, and says then that nothing would', async () => {
    const { session } = await sessions.createSession({ userId: '42' })
    await sessions.invalidateSession(session.id)
    await sessions.updateReports()
    const history = { ...noHistory('42'), since: clock.now(), signIns: 1, lastAt: clock.now() }
    await keepHistories(storage.alerts, [history])
    for (const state of ['open', 'resolved', 'false-alarm'] as const)
      await storage.alerts.add(alert(state), [])
    await sessions.startBulkEnding({ filter: 'user:nobody', expected: 0 })
    await sessions.runBulkEndings()
    await sessions.verifyAudit()
    clock.advance(hours(1))
    await sessions.createSession({ userId: '43' })
    await sessions.verifyAudit()
    expect(await counts()).toEqual({
      ...{ sessions: 0, events: 0, alerts: 0, 'rollup-hours': 0, 'rollup-days': 0, histories: 0 },
      'bulk-endings': 0,
    })
    clock.advance(days(402))
    const before = await counts()
    expect(before).toMatchObject({
      sessions: 1,
      alerts: 2,
      histories: 1,
      'bulk-endings': 1,
      'rollup-days': 0,
    })
    expect(before.events).toBeGreaterThanOrEqual(4)
    expect(before['rollup-hours']).toBeGreaterThan(0)
    expect(await counts()).toEqual(before)
    await sessions.forgetEndedSessions()
    expect(await counts()).toEqual({
      ...{ sessions: 0, events: 0, alerts: 0, 'rollup-hours': 0, 'rollup-days': 0, histories: 0 },
      'bulk-endings': 0,
    })
    expect(await sessions.countAlerts({})).toBe(1)
    expect(await sessions.listBulkEndings()).toEqual([])
    expect(await storage.alerts.histories(['42'])).toEqual([])
  })

  it('of numbers by the day is a period of its own', async () => {
    await sessions.createSession({ userId: '42' })
    await sessions.updateReports()
    clock.advance(days(1_828))
    expect((await counts())['rollup-days']).toBeGreaterThan(0)
    await sessions.forgetEndedSessions()
    expect((await counts())['rollup-days']).toBe(0)
  })

  it('forgets no event that is not counted yet, and has it counted first', async () => {
    for (let count = 0; count < 3; count += 1) await sessions.createSession({ userId: `${count}` })
    await sessions.verifyAudit()
    clock.advance(days(1))
    await sessions.createSession({ userId: 'later' })
    await sessions.verifyAudit()
    clock.advance(days(401))
    const { apply } = storage.rollups
    storage.rollups.apply = () => Promise.reject(new Error('The storage is away.'))
    await expect(sessions.forgetEndedSessions()).rejects.toThrow('away')
    expect(await storage.events.read(0, 1)).toMatchObject([{ position: 1 }])
    storage.rollups.apply = apply
    await sessions.forgetEndedSessions()
    const [oldest] = await storage.events.read(0, 1)
    expect(oldest?.position).toBeGreaterThan(1)
    expect((await storage.rollups.position()).position).toBeGreaterThanOrEqual(oldest?.position ?? 0)
  })

  it('goes in bounded batches', async () => {
    for (let count = 0; count < cleanupBatch + 20; count += 1) {
      await storage.alerts.add({ ...alert('resolved'), subject: `country:${count}` }, [])
    }
    clock.advance(days(401))
    const { forget } = storage.alerts
    const forgotten: number[] = []
    storage.alerts.forget = async (before, limit) => {
      const done = await forget(before, limit)
      forgotten.push(done)
      return done
    }
    await sessions.forgetEndedSessions()
    storage.alerts.forget = forget
    expect(forgotten).toEqual([cleanupBatch, 20])
  })
})

it('what has no period is kept for ever', async () => {
  await open(memoryStorage, {
    ...{ retention: null, auditRetention: null, alertRetention: null, historyRetention: null },
    ...{ rollupHourRetention: null, rollupDayRetention: null },
  })
  await sessions.createSession({ userId: '42' })
  await sessions.updateReports()
  await storage.alerts.add(alert('resolved'), [])
  clock.advance(days(20_000))
  const found = await sessions.forgettable()
  for (const { kind, ...rest } of found) {
    if (kind !== 'bulk-endings')
      expect(rest).toEqual({ period: null, before: null, count: 0, isLeast: false })
  }
  await sessions.forgetEndedSessions()
  expect(await sessions.countAlerts({})).toBe(1)
  await sessions.close()
})
