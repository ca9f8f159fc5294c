import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { after, hours, minutes, seconds } from '../foundation/time.ts'
import type { DetectorMode, Response } from '../model/alert.ts'
import type { Detector } from '../ports/detector.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { createSessions, type Sessions } from './sessions.ts'

/** Finds every sign-in odd. */
const suspicious: Detector = {
  name: 'suspicious',
  title: 'Suspicious',
  definition: 'Every sign-in is odd.',
  attack: ['T1078'],
  severity: 'high',
  observes: ['sign-in'],
  examine: () => ({ subject: 'sign-in', reason: 'A sign-in.', evidence: {} }),
}

let clock: FakeClock
let timers: FakeTimers
let sessions: Sessions
let told: string[]

beforeEach(async () => {
  ;[clock, timers, told] = [fakeClock(), fakeTimers(), []]
  sessions = await createSessions({
    storage: memoryStorage(),
    clock,
    timers,
    detectors: [suspicious],
    notify: async ({ id }) => void told.push(id),
  })
})
afterEach(() => sessions.close())

const alerts = async () => (await sessions.listAlerts({}, { cursor: null, limit: 5 })).items

/** A sign-in under a setting, once its alert is there and whatever it asks for has happened. */
async function signIn(mode: DetectorMode, response: Response) {
  await sessions.setDetector('suspicious', mode, response)
  const created = await sessions.createSession({ userId: 'ann' })
  await vi.waitFor(async () => {
    timers.advance(seconds(1))
    const [alert] = await alerts()
    expect(alert).toBeDefined()
    expect(alert?.response === null || alert?.respondedAt !== null).toBe(true)
  })
  return { verification: await sessions.verifySession(created.token), alert: (await alerts())[0] }
}

describe('a detector', () => {
  it('that observes opens an alert, and nothing else happens', async () => {
    const { verification, alert } = await signIn('observe', 'end-session')
    expect(verification).toMatchObject({ active: true, session: { reauthenticationRequired: false } })
    expect(alert).toMatchObject({ response: null, respondedAt: null, state: 'open' })
    expect(told).toEqual([])
  })

  it.each([
    ['notify', { active: true, session: { reauthenticationRequired: false } }],
    ['require-reauthentication', { active: true, session: { reauthenticationRequired: true } }],
    ['end-session', { active: false, reason: 'revoked' }],
  ] as const)('that enforces %s has it happen, and its user told', async (response, expected) => {
    const { verification, alert } = await signIn('enforce', response)
    expect(verification).toMatchObject(expected)
    expect(alert).toMatchObject({ response, respondedAt: clock.now() })
    expect(told).toEqual([alert?.id])
    const types = (await sessions.listEvents({ actor: 'system' }, { cursor: null, limit: 9 })).items.map(
      ({ type }) => type,
    )
    expect(types).toEqual(expect.arrayContaining(['alert.opened', 'alert.changed']))
  })

  it('that is off, or muted, lets everybody in', async () => {
    await sessions.addMute({ userId: 'ann', until: after(clock.now(), hours(1)) })
    await sessions.setDetector('suspicious', 'enforce', 'end-session')
    const muted = await sessions.createSession({ userId: 'ann' })
    await sessions.setDetector('suspicious', 'off', 'end-session')
    await sessions.createSession({ userId: 'bob' })
    await sessions.updateReports()
    timers.advance(minutes(1))
    expect(await alerts()).toEqual([])
    expect(await sessions.verifySession(muted.token)).toMatchObject({ active: true })
  })

  it('whose user was asked for a proof is content once it came', async () => {
    await sessions.setDetector('suspicious', 'enforce', 'require-reauthentication')
    const created = await sessions.createSession({ userId: 'ann' })
    await vi.waitFor(async () => {
      timers.advance(seconds(1))
      expect(await sessions.verifySession(created.token)).toMatchObject({
        session: { reauthenticationRequired: true },
      })
    })
    clock.advance(seconds(1))
    const renewed = await sessions.renewSession(created.session.id, { amr: ['pwd'], by: 'user:ann' })
    timers.advance(minutes(1))
    expect(await sessions.verifySession(renewed?.token ?? '')).toMatchObject({
      active: true,
      session: { reauthenticationRequired: false },
    })
  })
})
