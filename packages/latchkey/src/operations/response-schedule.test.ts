import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { milliseconds, minutes, seconds } from '../foundation/time.ts'
import type { Alert, AlertId } from '../model/alert.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { AlertBell } from './alert-bell.ts'
import { alertAbout } from './alert-fixture.fake.ts'
import { type CreatedSession, createSession } from './create-session.ts'
import { scheduleResponses } from './response-schedule.ts'
import { type Wiring, wire } from './wiring.ts'

let clock: FakeClock
let timers: FakeTimers
let wiring: Wiring
let created: CreatedSession
let told: AlertId[]

beforeEach(async () => {
  ;[clock, timers, told] = [fakeClock(), fakeTimers(), []]
  const notify = async ({ id }: Alert): Promise<void> => void told.push(id)
  wiring = wire({ storage: memoryStorage(), clock, timers, notify })
  await wiring.storage.open()
  await wiring.coherence.open()
  const setting = { detector: 'new-country', mode: 'enforce', response: 'end-session' } as const
  await wiring.storage.alerts.putSetting(setting, [])
  created = await createSession(wiring, { userId: 'ann' })
})

afterEach(async () => {
  await wiring.coherence.close()
  await wiring.storage.close()
})

async function added(change: Partial<Alert>): Promise<Alert> {
  const alert = alertAbout(created.session, change)
  await wiring.storage.alerts.add(alert, [])
  return alert
}

it('one of several does the work, and another one has it as soon as that is done', async () => {
  const other = { ...wiring, alertBell: new AlertBell() }
  const [first, second] = [scheduleResponses(wiring, () => 0.5), scheduleResponses(other, () => 0.5)]
  const alert = await added({ response: 'notify' })
  wiring.alertBell.ring()
  await vi.waitFor(async () =>
    expect(await wiring.storage.alerts.find(alert.id)).toMatchObject({ respondedAt: clock.now() }),
  )
  const next = await added({ response: 'notify' })
  await vi.waitFor(() => {
    other.alertBell.ring()
    expect(told).toEqual([alert.id, next.id])
  })
  await first.stop()
  await second.stop()
})

it('the bell wakes at once, and after the stop nothing does', async () => {
  const schedule = scheduleResponses(wiring, () => 0.5)
  const alert = await added({ response: 'notify' })
  wiring.alertBell.ring()
  await vi.waitFor(() => expect(told).toEqual([alert.id]))
  await schedule.stop()
  await added({ response: 'notify' })
  wiring.alertBell.ring()
  timers.advance(minutes(5))
  expect([told.length, timers.pending]).toEqual([1, 0])
})

it('a notice that hangs holds up no ending of the same run, and none that is noticed meanwhile', async () => {
  const [tellings, hanging]: [string[], (() => void)[]] = [[], []]
  let hangs = true
  const notify = async (alert: Alert): Promise<void> => {
    tellings.push(`${alert.response}`)
    if (hangs) await new Promise<void>((resolve) => hanging.push(resolve))
  }
  const isOver = async ({ session }: CreatedSession) =>
    (await wiring.storage.sessions.find(session.id))?.invalidatedAt !== null
  const other = await createSession(wiring, { userId: 'ann' })
  const schedule = scheduleResponses({ ...wiring, notify }, () => 0.5)
  await added({ response: 'notify' })
  clock.advance(milliseconds(1))
  await added({ response: 'end-session', firstAt: clock.now(), lastAt: clock.now() })
  wiring.alertBell.ring()
  await vi.waitFor(async () => expect([await isOver(created), tellings]).toEqual([true, ['notify']]))
  clock.advance(milliseconds(1))
  const later = { firstAt: clock.now(), lastAt: clock.now(), sessionId: other.session.id }
  await added({ response: 'end-session', ...later })
  wiring.alertBell.ring()
  hanging[0]?.()
  await vi.waitFor(async () => expect([await isOver(other), tellings.length]).toEqual([true, 2]))
  hangs = false
  for (const release of hanging) release()
  await schedule.stop()
})

it('a notice that never settles has failed after half a minute, and holds up no stop', async () => {
  const [late, reported] = [Promise.withResolvers<void>(), [] as string[]]
  const notify = ({ id }: Alert): Promise<void> => {
    told.push(id)
    return late.promise
  }
  const report = (_error: unknown, task: string): void => void reported.push(task)
  const schedule = scheduleResponses({ ...wiring, notify, report }, () => 0.5)
  const alert = await added({ response: 'notify' })
  wiring.alertBell.ring()
  await vi.waitFor(() => expect(told).toEqual([alert.id]))
  const stopping = schedule.stop()
  timers.advance(seconds(30))
  await stopping
  expect([reported, timers.pending]).toEqual([['notify'], 0])
  expect(await wiring.storage.alerts.find(alert.id)).toMatchObject({ respondedAt: null })
  // Nobody hears of it any more: the test run would fail by an unhandled rejection.
  late.reject(new Error('too late'))
  await new Promise(setImmediate)
})
