import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newCountry } from '../detectors/new-country.ts'
import { newDevice } from '../detectors/new-device.ts'
import { days, type Instant, instantOf } from '../foundation/time.ts'
import type { DetectorSetting } from '../model/alert.ts'
import type { DeviceId } from '../model/device.ts'
import { unknownPlace } from '../model/place.ts'
import { type NewSessionEvent, plainEvent } from '../model/session-event.ts'
import { newSessionId } from '../model/session-token.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { createSessions, type Sessions } from './sessions.ts'

let clock: FakeClock
let storage: Storage
let sessions: Sessions

beforeEach(async () => {
  clock = fakeClock()
  storage = memoryStorage()
  const detectors = [newDevice, newCountry]
  sessions = await createSessions({ storage, clock, detectors, cleanup: 'by-command', reports: 'by-command' })
})
afterEach(() => sessions.close())

describe('detectors', () => {
  it('observe until they are set', async () => {
    expect(await sessions.detectors()).toMatchObject([
      { name: 'new-device', title: 'New device', severity: 'info', mode: 'observe', response: 'notify' },
      { name: 'new-country', mode: 'observe', response: 'notify' },
    ])
  })

  it('are set, with what was before in the audit log', async () => {
    const set = await sessions.setDetector('new-country', 'enforce', 'end-session', { by: 'admin:1' })
    expect(set).toMatchObject({ name: 'new-country', mode: 'enforce', response: 'end-session' })
    expect((await sessions.detectors())[1]).toEqual(set)
    const { items } = await sessions.listEvents({}, { limit: 1, cursor: null })
    expect(items).toMatchObject([
      {
        type: 'detector.set',
        actor: 'admin:1',
        before: { detector: 'new-country', mode: 'observe', response: 'notify' },
        after: { detector: 'new-country', mode: 'enforce', response: 'end-session' },
      },
    ])
  })

  it.each([
    ['name', ['no-such', 'off', 'notify']],
    ['mode', ['new-device', 'on', 'notify']],
    ['response', ['new-device', 'off', 'explode']],
  ])('refuse a %s that is none', async (field, [name = '', mode = '', response = '']) => {
    await expect(sessions.setDetector(name, mode as 'off', response as 'notify')).rejects.toMatchObject({
      code: 'invalid-argument',
      field,
    })
  })

  it('must have names of their own', async () => {
    for (const detectors of [
      [newDevice, newDevice],
      [{ ...newDevice, examine: null }],
      ['new-device'],
      null,
    ]) {
      const options = { storage: memoryStorage(), detectors: detectors as unknown as [] }
      await expect(createSessions(options)).rejects.toMatchObject({ field: 'detectors' })
    }
  })
})

describe('a backtest', () => {
  const start = Date.UTC(2026, 0, 1)
  const period = { from: instantOf(start), until: instantOf(start + days(30)) }
  const enforce: DetectorSetting = { detector: 'new-country', mode: 'enforce', response: 'end-session' }

  function signIn(dayNumber: number, country: string, device: string): NewSessionEvent {
    const deviceInfo = {
      type: 'desktop',
      browser: 'Chrome',
      browserVersion: '142',
      os: 'Windows',
      osVersion: null,
    } as const
    const sighting = {
      client: 'browser',
      device: deviceInfo,
      place: { ...unknownPlace, country },
      amr: [],
      otherUsers: null,
    } as const
    return plainEvent({
      type: 'session.created',
      at: instantOf(start + days(dayNumber)) as Instant,
      actor: 'user:42',
      userId: '42',
      sessionId: newSessionId('42'),
      deviceId: `dev_${device.padEnd(24, 'a')}` as DeviceId,
      facts: { sighting, before: null, ended: null },
    })
  }

  async function aLife(): Promise<void> {
    const habit = [-28, -20, -10, -5].map((dayNumber) => signIn(dayNumber, 'NO', 'own'))
    const later = [
      signIn(1, 'NO', 'own'),
      signIn(2, 'SG', 'thief'),
      signIn(3, 'SE', 'own'),
      signIn(31, 'VN', 'thief'),
    ]
    await storage.events.append([...habit, ...later])
  }

  it('says what would have been found, and what would have happened', async () => {
    await aLife()
    expect(await sessions.backtest({ ...period, draft: [enforce] })).toMatchObject({
      ...period,
      events: 3,
      sessions: 3,
      detectors: [
        { detector: 'new-device', findings: 1, sessions: 1, users: 1 },
        { detector: 'new-country', title: 'New country', findings: 2, sessions: 2, users: 1 },
      ],
      responses: { notify: 0, 'require-reauthentication': 0, 'end-session': 1 },
      affected: [
        {
          userId: '42',
          detector: 'new-country',
          response: 'end-session',
          reason: 'First sign-in from Singapore, on a new device; 5 sign-ins before from Norway.',
        },
      ],
    })
  })

  it('changes nothing', async () => {
    await aLife()
    const before = await storage.events.latest()
    await sessions.backtest({ ...period, draft: [enforce] })
    expect(await storage.events.latest()).toBe(before)
    expect(await storage.alerts.histories(['42'])).toEqual([])
    expect(await storage.alerts.position()).toBeNull()
    expect(await sessions.countAlerts({})).toBe(0)
  })

  it('counts a session once, by its strictest response', async () => {
    await aLife()
    const draft = [enforce, { detector: 'new-device', mode: 'enforce', response: 'notify' } as const]
    const { responses } = await sessions.backtest({ ...period, draft })
    expect(responses).toEqual({ notify: 0, 'require-reauthentication': 0, 'end-session': 1 })
  })

  it('shows the first 100 sessions, and counts all of them', async () => {
    const habit = [-28, -20, -10, -5].map((dayNumber) => signIn(dayNumber, 'NO', 'own'))
    const letters = 'bcdefghijklmnopqrstuvwxyz'
    const odd = Array.from({ length: 150 }, (_, index) =>
      signIn(1 + index / 100, 'NO', `${letters[Math.floor(index / 25)]}${letters[index % 25]}`),
    )
    await storage.events.append([...habit, ...odd])
    const draft = [{ detector: 'new-device', mode: 'enforce', response: 'notify' } as const]
    const { affected, responses } = await sessions.backtest({ ...period, draft })
    expect([affected.length, responses.notify]).toEqual([100, 150])
    expect(new Set(affected.map(({ sessionId }) => sessionId)).size).toBe(100)
  })

  it('takes those that the draft does not name as they are set, and leaves out what is off', async () => {
    await aLife()
    await sessions.setDetector('new-country', 'enforce', 'require-reauthentication')
    const off = { detector: 'new-device', mode: 'off', response: 'notify' } as const
    expect(await sessions.backtest({ ...period, draft: [off] })).toMatchObject({
      detectors: [{ detector: 'new-country' }],
      responses: { 'require-reauthentication': 1 },
    })
  })

  it('finds the period among many events, and tells how far it is', async () => {
    const many = Array.from({ length: 1_300 }, (_, index) => signIn(-400 + index / 4, 'NO', 'own'))
    await storage.events.append(many)
    await aLife()
    const told: number[] = []
    const found = await sessions.backtest({ ...period, draft: [] }, ({ events }) => told.push(events))
    expect(found.sessions).toBe(3)
    expect(told.at(-1)).toBe(3)
  })

  it('ends when it is told to', async () => {
    await aLife()
    const aborting = new AbortController()
    aborting.abort(new Error('nobody waits'))
    const test = sessions.backtest({ ...period, draft: [] }, undefined, aborting.signal)
    await expect(test).rejects.toThrow('nobody waits')
  })

  it.each([
    ['until', { from: period.until, until: period.until, draft: [] }],
    ['from', { ...period, from: Number.NaN as Instant, draft: [] }],
    ['draft[0].detector', { ...period, draft: [{ ...enforce, detector: 'no-such' }] }],
    ['draft[0].mode', { ...period, draft: [{ ...enforce, mode: 'on' as 'off' }] }],
    ['draft', { ...period, draft: null as unknown as [] }],
  ])('refuses a fault in %s', async (field, test) => {
    await expect(sessions.backtest(test)).rejects.toMatchObject({ code: 'invalid-argument', field })
  })
})
