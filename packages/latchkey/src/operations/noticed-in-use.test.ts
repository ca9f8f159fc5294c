import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultDetectors } from '../detectors/default-detectors.ts'
import { days, hours, minutes } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { type Place, unknownPlace } from '../model/place.ts'
import type { PlaceSource } from '../ports/place-source.ts'
import { userAgentSignal } from '../signals/user-agent.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { createSessions, type Sessions } from './sessions.ts'

const chrome = (version: number) =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`
const [atHome, inSingapore] = ['192.0.2.7', '198.51.100.9']

function place(changes: Partial<Place>, asn: number): Place {
  return { ...unknownPlace, accuracyRadius: 10, network: { asn, name: null, kind: 'isp' }, ...changes }
}

const known: Readonly<Record<string, Place>> = {
  [atHome]: place({ country: 'NO', city: 'Oslo', latitude: 59.9139, longitude: 10.7522 }, 64_500),
  [inSingapore]: place({ country: 'SG', city: 'Singapore', latitude: 1.3521, longitude: 103.8198 }, 64_501),
}
const places: PlaceSource = {
  name: 'places of a test',
  level: 'city',
  data: () => [],
  locate: (address) => known[address] ?? null,
}

let clock: FakeClock
let sessions: Sessions

beforeEach(async () => {
  clock = fakeClock()
  sessions = await createSessions({
    storage: memoryStorage(),
    clock,
    places,
    signals: [userAgentSignal],
    detectors: defaultDetectors,
    secret: new Uint8Array(32).fill(7),
    cleanup: 'by-command',
    reports: 'by-command',
  })
})
afterEach(() => sessions.close())

async function signIn(ipAddress: string, tokens: readonly string[]) {
  const { token, device } = await sessions.createSession({
    userId: '42',
    ipAddress,
    userAgent: chrome(142),
    deviceTokens: tokens,
  })
  return { token, tokens: device === null ? tokens : [device.token] }
}

/** Somebody who signs in at home every other day; returns what the newest sign-in gave. */
async function aMonthAtHome() {
  let signedIn = await signIn(atHome, [])
  for (let times = 0; times < 10; times += 1) {
    clock.advance(days(2))
    signedIn = await signIn(atHome, signedIn.tokens)
  }
  return signedIn
}

async function alerts(): Promise<Record<string, string>> {
  // What is noticed in a use is written in the background.
  await nextTurn()
  await sessions.updateReports()
  const { items } = await sessions.listAlerts({}, { limit: 100, cursor: null })
  return Object.fromEntries(
    items.map(({ detector, severity, reason }) => [detector, `${severity}: ${reason}`]),
  )
}

describe('the default detectors, in use', () => {
  it('have nothing to say of a month at home', async () => {
    await aMonthAtHome()
    expect(await alerts()).toEqual({})
  })

  it('notice a cookie that curl uses in another country', async () => {
    const { token } = await aMonthAtHome()
    clock.advance(minutes(42))
    await sessions.verifySession(token, { ipAddress: inSingapore, userAgent: 'curl/8.9.1' })
    expect(await alerts()).toMatchObject({
      'programmatic-client': 'high: A session of Chrome on Windows is used by a program, curl.',
      'impossible-travel': 'high: Oslo to Singapore, 10,050 km in 42 minutes.',
      'country-changed':
        'medium: A session from Oslo is used from Singapore, Singapore, 42 minutes after its last use.',
    })
  })

  it('only note a traveller who lands 14 hours later', async () => {
    const { token } = await aMonthAtHome()
    clock.advance(hours(14))
    await sessions.verifySession(token, { ipAddress: inSingapore, userAgent: chrome(142) })
    const found = Object.entries(await alerts())
    expect(found.map(([detector, text]) => `${detector} ${text.split(':')[0]}`).sort()).toEqual([
      'country-changed info',
      'network-changed info',
    ])
  })

  it('notice a sign-in from another country on a new device', async () => {
    await aMonthAtHome()
    clock.advance(hours(20))
    await signIn(inSingapore, [])
    expect(await alerts()).toMatchObject({
      'new-country': 'medium: First sign-in from Singapore, on a new device; 11 sign-ins before from Norway.',
      'new-device': 'info: First sign-in on this device, Chrome on Windows; 1 device known before.',
    })
  })

  it('notice an old browser in a session', async () => {
    const { token } = await aMonthAtHome()
    clock.advance(minutes(5))
    await sessions.verifySession(token, { ipAddress: atHome, userAgent: chrome(120) })
    expect(await alerts()).toEqual({
      'version-downgrade': 'medium: Chrome 120 where it was Chrome 142, 22 major versions newer.',
    })
  })

  it('do not take half a sign-in for one', async () => {
    await sessions.createSession({ userId: '42', stage: 'pending', deviceTokens: [] })
    await sessions.updateReports()
    const { items } = await sessions.listEvents({ types: ['session.created'] }, { limit: 10, cursor: null })
    expect(items).toMatchObject([{ after: { stage: 'pending' } }])
    const tested = await sessions.backtest({
      from: clock.now(),
      until: (clock.now() + minutes(1)) as ReturnType<FakeClock['now']>,
      draft: [],
    })
    expect(tested.sessions).toBe(0)
  })
})
