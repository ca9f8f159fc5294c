import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { countryChanged } from '../detectors/country-changed.ts'
import { days, hours, milliseconds, minutes } from '../foundation/time.ts'
import type { Alert, AlertAnswer } from '../model/alert.ts'
import { unknownPlace } from '../model/place.ts'
import { noHistory } from '../model/user-history.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { keepHistories } from '../testing/session-store-contract/sample-alert.ts'
import { alertAbout, sampleAlert } from './alert-fixture.fake.ts'
import { answerAlert } from './answer-alert.ts'
import type { CreatedSession } from './create-session.ts'
import { detectInEvents } from './detect-in-events.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { type Wiring, wire } from './wiring.ts'

const secret = new Uint8Array(32).fill(7)
const ann = { ofUser: 'ann', by: 'user:ann' } as const
let clock: FakeClock
let storage: Storage
let sessions: Sessions
let old: CreatedSession
let odd: CreatedSession
let alert: Alert

beforeEach(async () => {
  clock = fakeClock()
  storage = memoryStorage()
  sessions = await createSessions({ storage, clock, secret, cleanup: 'by-command' })
  old = await sessions.createSession({ userId: 'ann', deviceTokens: [] })
  clock.advance(hours(1))
  odd = await sessions.createSession({ userId: 'ann', deviceTokens: [] })
  alert = alertAbout(odd.session)
  await storage.alerts.add(alert, [])
  await keepHistories(storage.alerts, [noHistory('ann')])
})
afterEach(() => sessions.close())

const deviceIn = async () => {
  const [history] = await storage.alerts.histories(['ann'])
  return history?.devices.find(({ key }) => key === odd.session.deviceId)
}

describe('"this was me"', () => {
  it('makes it a false alarm and the device known, and leaves the session alone', async () => {
    const outcome = await sessions.answerAlert(alert.id, 'me', ann)
    expect(outcome).toMatchObject({
      kind: 'answered',
      ended: 0,
      alert: { state: 'false-alarm', answer: 'me' },
    })
    expect(await deviceIn()).toMatchObject({ confirmed: true })
    expect(await sessions.verifySession(odd.token)).toMatchObject({ active: true })
  })

  it('goes into what the detectors have learned meanwhile', async () => {
    const { alerts } = storage
    const replaceHistory = vi.fn(alerts.replaceHistory).mockImplementationOnce(async (next) => {
      await keepHistories(alerts, [{ ...noHistory('ann'), signIns: 3 }])
      return alerts.replaceHistory(next)
    })
    const slow = {
      ...wire({ storage, clock }),
      storage: { ...storage, alerts: { ...alerts, replaceHistory } },
    }
    await answerAlert(slow, alert.id, 'me', ann)
    expect(replaceHistory).toHaveBeenCalledTimes(2)
    expect(await alerts.histories(['ann'])).toMatchObject([{ signIns: 3, version: 3 }])
    expect(await deviceIn()).toMatchObject({ confirmed: true })
  })

  it('says nothing of what was noticed since it was shown', async () => {
    const grown = { ...alert, count: 2, version: 2 }
    await storage.alerts.replace(grown, [])
    const seen = { ...ann, seenCount: 1 }
    expect(await sessions.answerAlert(alert.id, 'me', seen)).toEqual({ kind: 'grown', alert: grown })
    expect(await sessions.getAlert(alert.id)).toEqual(grown)
    expect(await deviceIn()).toBeUndefined()
    expect(await sessions.answerAlert(alert.id, 'not-me', seen)).toMatchObject({ kind: 'answered', ended: 1 })
  })

  it('says nothing of what is noticed while it is said', async () => {
    const grown = { ...alert, count: 2, version: 2 }
    const { replace } = storage.alerts
    storage.alerts.replace = async (...change) => {
      storage.alerts.replace = replace
      await replace(grown, [])
      return replace(...change)
    }
    expect(await sessions.answerAlert(alert.id, 'me', ann)).toEqual({ kind: 'grown', alert: grown })
    expect(await deviceIn()).toBeUndefined()
  })

  it('counts in a session that was there before, and not in the one it is about', async () => {
    const from = (inSession: CreatedSession) =>
      sessions.answerAlert(alert.id, 'me', { ...ann, inSession: inSession.session })
    expect(await from(odd)).toMatchObject({ kind: 'not-from-here' })
    clock.advance(milliseconds(1))
    const younger = await sessions.createSession({ userId: 'ann' })
    expect(await from(younger)).toMatchObject({ kind: 'not-from-here' })
    expect(await sessions.getAlert(alert.id)).toEqual(alert)
    expect(await deviceIn()).toBeUndefined()
    expect(await from(old)).toMatchObject({ kind: 'answered' })
  })
})

it('teaches nothing of a user who was forgotten meanwhile', async () => {
  const { histories } = storage.alerts
  storage.alerts.histories = async (users) => {
    const found = await histories(users)
    await sessions.forgetUser('ann')
    return found
  }
  await sessions.answerAlert(alert.id, 'me', ann)
  expect(await histories(['ann'])).toEqual([])
})

describe('"this was not me"', () => {
  it('ends the session, opens the alert as a high one, and forgets what came with it', async () => {
    const devices = [
      {
        key: odd.session.deviceId ?? '',
        firstAt: clock.now(),
        lastAt: clock.now(),
        times: 1,
        confirmed: false,
      },
    ]
    await keepHistories(storage.alerts, [{ ...noHistory('ann'), devices }])
    await sessions.changeAlert(alert.id, { state: 'resolved' })
    const outcome = await sessions.answerAlert(alert.id, 'not-me', { ...ann, inSession: odd.session })
    expect(outcome).toMatchObject({
      kind: 'answered',
      ended: 1,
      alert: { state: 'open', severity: 'high', answer: 'not-me', answeredAt: clock.now() },
    })
    expect(await sessions.verifySession(odd.token)).toEqual({ active: false, reason: 'revoked' })
    expect(await sessions.verifySession(old.token)).toMatchObject({ active: true })
    expect(await deviceIn()).toBeUndefined()
    const [event] = (await sessions.listEvents({}, { cursor: null, limit: 1 })).items
    expect(event).toMatchObject({
      type: 'alert.answered',
      actor: 'user:ann',
      before: { severity: 'medium', state: 'resolved', answer: null },
      after: { answer: 'not-me', said_in: odd.session.id, severity: 'high', state: 'open' },
    })
  })

  it('stands: "me" after it changes nothing, and saying it again is no error', async () => {
    await sessions.answerAlert(alert.id, 'not-me', ann)
    expect(await sessions.answerAlert(alert.id, 'me', ann)).toMatchObject({ kind: 'stands' })
    expect(await sessions.answerAlert(alert.id, 'not-me', ann)).toMatchObject({ kind: 'answered', ended: 0 })
    expect(await sessions.getAlert(alert.id)).toMatchObject({ answer: 'not-me', version: 2 })
  })

  it('may come after "me", and leaves a critical alert critical', async () => {
    const critical = alertAbout(odd.session, { severity: 'critical' })
    await storage.alerts.add(critical, [])
    await sessions.answerAlert(critical.id, 'me', ann)
    expect(await sessions.answerAlert(critical.id, 'not-me', ann)).toMatchObject({
      kind: 'answered',
      ended: 1,
      alert: { severity: 'critical', state: 'open' },
    })
  })

  it('ends whatever began between the first and the last finding, and not the session in which it is said', async () => {
    const between = await sessions.createSession({ userId: 'ann' })
    const bobs = await sessions.createSession({ userId: 'bob' })
    clock.advance(hours(1))
    const own = await sessions.createSession({ userId: 'ann' })
    const newest = await sessions.createSession({ userId: 'ann' })
    const grown = alertAbout(newest.session, { firstAt: alert.firstAt, count: 3 })
    await storage.alerts.add(grown, [])
    clock.advance(hours(1))
    const later = await sessions.createSession({ userId: 'ann' })
    const outcome = await sessions.answerAlert(grown.id, 'not-me', { ...ann, inSession: own.session })
    expect(outcome).toMatchObject({ kind: 'answered', ended: 3 })
    const live = async ({ token }: CreatedSession) => (await sessions.verifySession(token)).active
    expect(await Promise.all([odd, between, newest].map(live))).toEqual([false, false, false])
    expect(await Promise.all([old, bobs, own, later].map(live))).toEqual([true, true, true, true])
  })

  it('forgets what came with one that is over already, as one that an intruder signed out', async () => {
    const at = odd.session.createdAt
    const device = { key: odd.session.deviceId ?? '', firstAt: at, lastAt: at, times: 1, confirmed: false }
    await keepHistories(storage.alerts, [{ ...noHistory('ann'), devices: [device] }])
    const newest = await sessions.createSession({ userId: 'ann' })
    const grown = alertAbout(newest.session, { firstAt: at, count: 2 })
    await storage.alerts.add(grown, [])
    await sessions.invalidateSession(odd.session.id)
    expect(await sessions.answerAlert(grown.id, 'not-me', ann)).toMatchObject({ ended: 1 })
    expect(await deviceIn()).toBeUndefined()
  })

  it('ends nothing where the alert is about no session', async () => {
    const vague = sampleAlert()
    await storage.alerts.add(vague, [])
    expect(await sessions.answerAlert(vague.id, 'not-me', ann)).toMatchObject({ kind: 'answered', ended: 0 })
  })
})

it("of two answers at once, an alert that is somebody else's, and none at all", async () => {
  const answers = await Promise.all(
    (['me', 'not-me'] as const).map((answer) => sessions.answerAlert(alert.id, answer, ann)),
  )
  expect(answers[1]).toMatchObject({ kind: 'answered' })
  expect(await sessions.getAlert(alert.id)).toMatchObject({ answer: 'not-me' })
  for (const id of [alert.id, sampleAlert().id, 'nonsense']) {
    expect(await sessions.answerAlert(id, 'not-me', { ofUser: 'bob' })).toEqual({ kind: 'unknown' })
  }
})

describe('of a session that was used in another country', () => {
  let wiring: Wiring
  const network = { asn: 64_500, name: null, kind: 'isp' } as const
  const home = { ...unknownPlace, country: 'NO', network }
  const abroad = { ...unknownPlace, country: 'SG', network: { ...network, asn: 64_501 } }
  const places = { locate: (address: string) => (address.startsWith('192.') ? home : abroad) } as never

  beforeEach(async () => {
    await sessions.close()
    storage = memoryStorage()
    const options = { storage, clock, secret, detectors: [countryChanged], places } as const
    sessions = await createSessions({ ...options, cleanup: 'by-command', reports: 'by-command' })
    wiring = wire(options)
  })

  async function alertsOfUseAbroad(): Promise<readonly Alert[]> {
    const request = { userId: 'bob', deviceTokens: [], ipAddress: '192.0.2.7' }
    const { token } = await sessions.createSession(request)
    clock.advance(minutes(5))
    await sessions.verifySession(token, { ipAddress: '198.51.100.7' })
    while ((await detectInEvents(wiring, 500)) > 0);
    return (await sessions.listAlerts({ userId: 'bob' }, { cursor: null, limit: 9 })).items
  }

  async function answer(said: AlertAnswer) {
    const [found] = await alertsOfUseAbroad()
    expect(found).toMatchObject({ detector: 'country-changed', severity: 'medium' })
    await sessions.answerAlert(found?.id ?? '', said, { ofUser: 'bob' })
    const [history = noHistory('bob')] = await storage.alerts.histories(['bob'])
    const { countries, networks } = history
    return { countries, networks }
  }

  it('"me" confirms where it was used, and nobody is asked about that again', async () => {
    expect(await answer('me')).toMatchObject({
      countries: [
        { key: 'SG', confirmed: true },
        { key: 'NO', confirmed: false },
      ],
      networks: [
        { key: '64501', confirmed: true },
        { key: '64500', confirmed: false },
      ],
    })
    expect(await alertsOfUseAbroad()).toMatchObject([{ count: 1, state: 'false-alarm' }])
  })

  it('"not me" takes that out, and nothing of where it began', async () => {
    expect(await answer('not-me')).toMatchObject({ countries: [{ key: 'NO' }], networks: [{ key: '64500' }] })
    expect(
      await sessions.listSessions({ userId: 'bob', state: 'live' }, { cursor: null, limit: 9 }),
    ).toMatchObject({ items: [] })
  })
})

describe('a link', () => {
  it('is good for its alert for 7 days, and looking changes nothing', async () => {
    const token = sessions.alertLinkToken(alert) ?? ''
    clock.advance(milliseconds(days(7) - 1))
    expect(await sessions.readAlertLink(token)).toEqual({ kind: 'good', alert })
    clock.advance(milliseconds(1))
    expect(await sessions.readAlertLink(token)).toEqual({ kind: 'expired' })
  })

  it('that was not made here is unknown, also once it would be over, and of an alert that is gone', async () => {
    const token = sessions.alertLinkToken(alert) ?? ''
    const forged = `${token.slice(0, -43)}${'A'.repeat(43)}`
    const gone = sessions.alertLinkToken(sampleAlert()) ?? ''
    clock.advance(days(8))
    for (const text of [forged, gone, '', 'nonsense']) {
      expect(await sessions.readAlertLink(text)).toEqual({ kind: 'unknown' })
    }
  })

  it('is none without a secret, and for an alert that is about nobody', async () => {
    expect(sessions.alertLinkToken({ ...alert, userId: null })).toBeNull()
    const plain = await createSessions({ storage: memoryStorage(), cleanup: 'by-command' })
    expect(plain.alertLinkToken(alert)).toBeNull()
    expect(await plain.readAlertLink(sessions.alertLinkToken(alert) ?? '')).toEqual({ kind: 'unknown' })
    await plain.close()
  })
})
