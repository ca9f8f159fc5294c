import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { days, hours, type Instant, instantOf, minutes } from '../foundation/time.ts'
import { plainEvent } from '../model/session-event.ts'
import type { Detector } from '../ports/detector.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { detectInEvents } from './detect-in-events.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { type Wiring, wire } from './wiring.ts'

/** Finds each sign-in odd, with how many there were before, and the sixth a grave matter. */
const everySignIn: Detector = {
  name: 'every-sign-in',
  title: 'Every sign-in',
  definition: 'Each of them.',
  attack: ['T1078'],
  severity: 'low',
  observes: ['sign-in'],
  examine: (_observation, { signIns }) => ({
    ...{ subject: 'all', reason: `After ${signIns}.`, evidence: {} },
    ...(signIns === 5 && { severity: 'high' }),
  }),
}
const broken: Detector = {
  ...everySignIn,
  name: 'broken',
  examine() {
    throw new Error('a detector is broken')
  },
}

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('detection in events, in %s', (_engine, newStorage) => {
  let clock: FakeClock
  let wiring: Wiring
  let sessions: Sessions
  const onBackgroundError = vi.fn()

  beforeEach(async () => {
    onBackgroundError.mockReset()
    clock = fakeClock()
    const storage = newStorage()
    const detectors = [everySignIn, broken]
    const options = {
      storage,
      clock,
      detectors,
      cleanup: 'by-command',
      reports: 'by-command',
      onBackgroundError,
    } as const
    sessions = await createSessions(options)
    wiring = wire(options)
  })
  afterEach(() => sessions.close())

  async function signIn(userId = '42'): Promise<void> {
    await sessions.createSession({ userId })
  }

  async function alerts() {
    return (await sessions.listAlerts({}, { limit: 100, cursor: null })).items
  }

  it('makes one alert of what is one matter, and learns in between', async () => {
    await signIn()
    await signIn()
    clock.advance(minutes(1))
    await signIn('43')
    expect(await detectInEvents(wiring, 500)).toBe(3)
    expect(await alerts()).toMatchObject([
      { userId: '43', count: 1, reason: 'After 0.', version: 1 },
      { userId: '42', count: 2, reason: 'After 1.', version: 1 },
    ])
    const [history] = await wiring.storage.alerts.histories(['42'])
    expect(history).toMatchObject({ userId: '42', signIns: 2 })
  })

  it('goes on where it stopped, and examines each event once', async () => {
    await signIn()
    expect(await detectInEvents(wiring, 500)).toBe(1)
    await signIn()
    await signIn()
    // Those two, and that an alert was opened.
    expect(await detectInEvents(wiring, 500)).toBe(3)
    expect(await detectInEvents(wiring, 500)).toBe(0)
    expect(await alerts()).toMatchObject([{ count: 3, version: 2 }])
  })

  it('has the same outcome in steps of one event as in one step', async () => {
    for (let times = 0; times < 5; times += 1) await signIn()
    while ((await detectInEvents(wiring, 1)) > 0);
    expect(await alerts()).toMatchObject([{ count: 5, reason: 'After 4.' }])
  })

  it('of workers at once only one is heard', async () => {
    for (let times = 0; times < 5; times += 1) await signIn()
    await Promise.all(Array.from({ length: 4 }, () => detectInEvents(wiring, 500)))
    while ((await detectInEvents(wiring, 500)) > 0);
    expect(await alerts()).toMatchObject([{ count: 5 }])
    expect((await wiring.storage.alerts.histories(['42']))[0]?.signIns).toBe(5)
  })

  it('takes in what its user says while it is at it', async () => {
    const deviceInfo = { type: 'desktop', browser: 'Firefox', os: 'Linux' } as const
    await sessions.createSession({ userId: '42', deviceInfo })
    await detectInEvents(wiring, 500)
    const [alert] = await alerts()
    await signIn()
    const { storage } = wiring
    const apply = vi.fn(storage.alerts.apply).mockImplementationOnce(async (batch) => {
      await sessions.answerAlert(alert?.id ?? '', 'me')
      return storage.alerts.apply(batch)
    })
    const slow = { ...wiring, storage: { ...storage, alerts: { ...storage.alerts, apply } } }
    await detectInEvents(slow, 500)
    expect(apply).toHaveBeenCalledTimes(2)
    const [history] = await storage.alerts.histories(['42'])
    expect(history).toMatchObject({ signIns: 2, version: 3 })
    expect(history?.clients).toMatchObject([{ key: 'Firefox on Linux', confirmed: true }])
  })

  it('writes that an alert was opened, once', async () => {
    await signIn()
    await signIn()
    await detectInEvents(wiring, 1)
    while ((await detectInEvents(wiring, 1)) > 0);
    const opened = await sessions.listEvents({ types: ['alert.opened'] }, { limit: 10, cursor: null })
    expect(opened.items).toMatchObject([
      { userId: '42', after: { detector: 'every-sign-in', severity: 'low' } },
    ])
  })

  it('writes that an alert has become graver, once', async () => {
    for (let times = 0; times < 7; times += 1) {
      await signIn()
      await detectInEvents(wiring, 500)
    }
    const changed = await sessions.listEvents({ types: ['alert.changed'] }, { limit: 10, cursor: null })
    expect(changed.items).toMatchObject([
      {
        userId: '42',
        actor: 'system',
        before: { severity: 'low' },
        after: { severity: 'high', state: 'open' },
      },
    ])
    expect(await alerts()).toMatchObject([{ severity: 'high', count: 7 }])
  })

  it('opens another one after the first was resolved', async () => {
    await signIn()
    await detectInEvents(wiring, 500)
    const [first] = await alerts()
    if (first === undefined) throw new Error('there is no alert')
    await wiring.storage.alerts.replace({ ...first, state: 'resolved', version: 2 }, [])
    clock.advance(minutes(1))
    await signIn()
    await detectInEvents(wiring, 500)
    expect(await alerts()).toMatchObject([
      { state: 'open', count: 1 },
      { state: 'resolved', count: 1 },
    ])
  })

  it('finds nothing by a detector that is off or muted, and learns all the same', async () => {
    await sessions.setDetector('every-sign-in', 'off', 'notify')
    await signIn()
    await detectInEvents(wiring, 500)
    expect(await alerts()).toEqual([])
    await sessions.setDetector('every-sign-in', 'observe', 'notify')
    await wiring.storage.alerts.addMute(
      {
        id: 'mut_aaaaaaaaaaaaaaaaaaaaaaaaaa',
        detector: null,
        userId: '42',
        deviceId: null,
        network: null,
        until: null,
        note: null,
        by: 'system',
        at: clock.now(),
      },
      [],
    )
    await signIn()
    await signIn('43')
    await detectInEvents(wiring, 500)
    expect(await alerts()).toMatchObject([{ userId: '43' }])
    expect((await wiring.storage.alerts.histories(['42']))[0]?.signIns).toBe(2)
  })

  it('rings for an alert with a response, and only then', async () => {
    const ring = vi.fn()
    wiring.alertBell.listen(ring)
    await signIn()
    await detectInEvents(wiring, 500)
    expect(ring).not.toHaveBeenCalled()
    await sessions.setDetector('every-sign-in', 'enforce', 'end-session')
    await signIn()
    await detectInEvents(wiring, 500)
    expect(ring).toHaveBeenCalledOnce()
    expect(await alerts()).toMatchObject([{ response: 'end-session', respondedAt: null }])
  })

  it('keeps an alert for each session to which something is to happen', async () => {
    await sessions.setDetector('every-sign-in', 'enforce', 'end-session')
    await signIn()
    await signIn()
    await detectInEvents(wiring, 500)
    const owed = await wiring.storage.alerts.unanswered(10)
    expect(new Set(owed.map(({ sessionId }) => sessionId)).size).toBe(2)
  })

  it('teaches and alerts nobody of what is older than a week', async () => {
    await signIn()
    clock.advance(hours(7 * 24 + 1))
    await signIn()
    await detectInEvents(wiring, 500)
    expect(await alerts()).toMatchObject([{ count: 1, reason: 'After 1.' }])
  })

  it('keeps nothing of a user who is erased while their events are examined, not even where it is killed then', async () => {
    await signIn()
    await signIn('43')
    const { alerts: store } = wiring.storage
    const apply = vi.spyOn(store, 'apply').mockImplementationOnce(async (batch) => {
      apply.mockRestore()
      await sessions.forgetUser('42')
      await store.apply(batch)
      throw new Error('The process was killed.')
    })
    await expect(detectInEvents(wiring, 500)).rejects.toThrow('killed')
    expect(await store.histories(['42'])).toEqual([])
    expect((await alerts()).filter(({ userId }) => userId === '42')).toEqual([])
  })

  it('examines anew what is left of events of which some were erased meanwhile', async () => {
    await signIn()
    const { session } = await sessions.createSession({ userId: '43' })
    await sessions.invalidateSession(session.id, { by: 'admin:42' })
    const { alerts: store } = wiring.storage
    const apply = vi.spyOn(store, 'apply').mockImplementationOnce(async (batch) => {
      await sessions.forgetUser('42')
      apply.mockRestore()
      return store.apply(batch)
    })
    await detectInEvents(wiring, 500)
    while ((await detectInEvents(wiring, 500)) > 0);
    expect(await store.histories(['42', '43'])).toMatchObject([{ userId: '43', signIns: 1 }])
    expect(await alerts()).toMatchObject([{ userId: '43' }])
    expect(await sessions.countSessions({ userId: '43' })).toBe(1)
  })

  it('reports a detector that throws, and goes on with the others', async () => {
    await signIn()
    await detectInEvents(wiring, 500)
    expect(onBackgroundError).toHaveBeenCalledWith(new Error('a detector is broken'), 'detector broken')
    expect(await alerts()).toHaveLength(1)
  })

  it('begins a log of more than 100,000 events with those of the last 35 days', async () => {
    const [latest, at] = [vi.spyOn(wiring.storage.events, 'latest'), (at: Instant) => at]
    await append(at(instantOf(clock.now() - days(40))), 'old')
    await append(at(instantOf(clock.now() - days(34))), 'learned')
    latest.mockResolvedValue(100_001)
    await detectInEvents(wiring, 500)
    const known = await wiring.storage.alerts.histories(['old', 'learned'])
    expect(known.map(({ userId }) => userId)).toEqual(['learned'])
    expect(await alerts()).toEqual([])
    latest.mockRestore()
  })

  async function append(at: Instant, userId: string): Promise<void> {
    await wiring.storage.events.append([plainEvent({ type: 'session.created', at, actor: 'system', userId })])
  }
})

it('without detectors reads nothing', async () => {
  const storage = memoryStorage()
  await storage.open()
  const wiring = wire({ storage })
  expect(await detectInEvents(wiring, 500)).toBe(0)
  expect(await storage.alerts.position()).toBeNull()
})
