import { afterEach, beforeEach, expect, it } from 'vitest'
import { dormantAccount } from '../detectors/dormant-account.ts'
import { newDevice } from '../detectors/new-device.ts'
import { before, days } from '../foundation/time.ts'
import { plainEvent, type SessionEvent } from '../model/session-event.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { alertAbout } from './alert-fixture.fake.ts'
import type { BacktestResult } from './backtest.ts'
import { ReplayedHistories } from './replayed-histories.ts'
import { createSessions, type Sessions } from './sessions.ts'

let clock: FakeClock
let storage: Storage
let sessions: Sessions

beforeEach(async () => {
  clock = fakeClock()
  storage = memoryStorage()
  sessions = await createSessions({
    storage,
    clock,
    secret: new Uint8Array(32).fill(7),
    cleanup: 'by-command',
    detectors: [newDevice, dormantAccount],
  })
})
afterEach(() => sessions.close())

async function lastWeek(): Promise<BacktestResult> {
  clock.advance(days(1))
  return sessions.backtest({ from: before(clock.now(), days(7)), until: clock.now(), draft: [] })
}

it('knows who was there long before, and came back', async () => {
  await sessions.createSession({ userId: 'ann' })
  await sessions.updateReports()
  clock.advance(days(200))
  await sessions.createSession({ userId: 'ann' })
  await sessions.createSession({ userId: 'bob' })
  await sessions.updateReports()
  const alerts = await sessions.listAlerts({}, { cursor: null, limit: 10 })
  expect(alerts.items.map(({ detector, reason }) => [detector, reason])).toEqual([
    ['dormant-account', 'First sign-in after 200 days, on an unknown device.'],
  ])
  const { detectors } = await lastWeek()
  expect(detectors).toMatchObject([{ findings: 0 }, { detector: 'dormant-account', findings: 1, users: 1 }])
})

it('takes no device for new that was used long before, and since', async () => {
  const { device } = await sessions.createSession({ userId: 'ann', deviceTokens: [] })
  const deviceTokens = [device?.token ?? '']
  await sessions.updateReports()
  clock.advance(days(150))
  const other = await sessions.createSession({ userId: 'ann', deviceTokens: [] })
  await sessions.createSession({ userId: 'ann', deviceTokens })
  clock.advance(days(40))
  await sessions.createSession({ userId: 'ann', deviceTokens: [other.device?.token ?? ''] })
  await sessions.createSession({ userId: 'ann', deviceTokens })
  await sessions.updateReports()
  expect((await lastWeek()).detectors[0]).toMatchObject({ detector: 'new-device', findings: 0 })
})

it.each([
  ['me', [true]],
  ['not-me', []],
] as const)('learns from the answer "%s" when it was given', async (answer, confirmed) => {
  const { session } = await sessions.createSession({ userId: 'ann', deviceTokens: [] })
  const alert = alertAbout(session)
  await storage.alerts.add(alert, [])
  await sessions.updateReports()
  const [created] = await storage.events.read(0, 1)
  const histories = new ReplayedHistories(storage, before(clock.now(), days(1)))
  await histories.meet([created as SessionEvent])
  expect(histories.byUser.size).toBe(1)
  const [history] = await storage.alerts.histories(['ann'])
  histories.byUser.set('ann', history as NonNullable<typeof history>)
  const event = plainEvent({ type: 'alert.answered', at: clock.now(), actor: 'user:ann', userId: 'ann' })
  await histories.learnAnswer({
    ...event,
    position: 2,
    digest: null,
    after: { alert: alert.id, answer },
  } as SessionEvent)
  expect(histories.byUser.get('ann')?.devices.map((device) => device.confirmed)).toEqual(confirmed)
})
