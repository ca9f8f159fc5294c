import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf } from '../foundation/time.ts'
import type { Alert } from '../model/alert.ts'
import { type Place, unknownPlace } from '../model/place.ts'
import { evidenceOfPlace } from '../model/place-in-evidence.ts'
import { type KnownThing, noHistory, type UserHistory } from '../model/user-history.ts'
import {
  type AnsweredSession,
  answeredSessions,
  confirmedHistory,
  disownedHistory,
} from './answered-history.ts'

const at = instantOf(1_000_000)
const network = { asn: 64_500, name: 'Example', kind: 'isp' } as const
const session: AnsweredSession = {
  createdAt: at,
  deviceId: 'dev_aaaaaaaaaaaaaaaaaaaaaaaa',
  place: { ...unknownPlace, country: 'NO', network },
  deviceInfo: { browser: 'Chrome', os: 'Windows' },
}

const known = (key: string, firstAt: number, confirmed = false): KnownThing => ({
  key,
  firstAt: instantOf(firstAt),
  lastAt: at,
  times: 1,
  confirmed,
})

const history = (change: Partial<UserHistory> = {}): UserHistory => ({ ...noHistory('ann'), ...change })

describe('"this was me"', () => {
  it('makes device, browser, country and network known, whether they were or not', () => {
    const { devices, countries, networks, clients } = confirmedHistory(
      history({ countries: [known('NO', 1)] }),
      session,
    )
    expect(devices).toEqual([known('dev_aaaaaaaaaaaaaaaaaaaaaaaa', at, true)])
    expect(countries).toEqual([known('NO', 1, true)])
    expect(networks).toEqual([known('64500', at, true)])
    expect(clients).toEqual([known('Chrome on Windows', at, true)])
  })

  it('a VPN that was theirs is one that they are behind', () => {
    const place = { ...unknownPlace, network: { ...network, kind: 'vpn' } } as const
    const { hidden } = confirmedHistory(history(), { ...session, place })
    expect(hidden).toEqual([known('vpn', at, true)])
    const taught = history({ hidden: [known('vpn', at), known('tor', 1)] })
    expect(disownedHistory(taught, { ...session, place }).hidden).toEqual([known('tor', 1)])
  })

  it('teaches no country of a network that was chosen to be seen in another one', () => {
    const place = { ...unknownPlace, country: 'NO', network: { ...network, kind: 'vpn' } } as const
    const { countries, networks } = confirmedHistory(history(), { ...session, place })
    expect([countries, networks]).toEqual([[], [known('64500', at, true)]])
    const kept = history({ countries: [known('NO', at)] })
    expect(disownedHistory(kept, { ...session, place }).countries).toEqual(kept.countries)
  })

  it('teaches nothing of what is unknown', () => {
    const deviceInfo = { browser: 'unknown', os: 'Windows' }
    const unknown = { createdAt: at, deviceId: null, place: null, deviceInfo }
    expect(confirmedHistory(history(), unknown)).toEqual(history())
    expect(confirmedHistory(history(), { ...unknown, place: unknownPlace })).toEqual(history())
  })

  it('keeps no more than histories hold, and what was confirmed is among it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 50 }), (ages) => {
        const devices = ages.map((age) => ({ ...known(`d${age}`, 1), lastAt: instantOf(age) }))
        const next = confirmedHistory(history({ devices }), session).devices
        expect(next.length).toBeLessThanOrEqual(50)
        expect(next.find(({ key }) => key === session.deviceId)?.confirmed).toBe(true)
      }),
    )
  })
})

describe('"this was not me"', () => {
  it('takes what came with the session out again', () => {
    const taught = {
      devices: [known('dev_aaaaaaaaaaaaaaaaaaaaaaaa', at), known('other', at)],
      countries: [known('NO', at)],
      networks: [known('64500', at)],
      clients: [known('Chrome on Windows', at), known('Safari on iOS', 1)],
    }
    const left = disownedHistory(history(taught), session)
    expect(left.devices.map(({ key }) => key)).toEqual(['other'])
    expect([left.countries, left.networks]).toEqual([[], []])
    expect(left.clients.map(({ key }) => key)).toEqual(['Safari on iOS'])
  })

  it('leaves what was known before, and what was confirmed', () => {
    const taught = history({ countries: [known('NO', at - 1)], networks: [known('64500', at, true)] })
    expect(disownedHistory(taught, session)).toEqual(taught)
  })

  it('forgets where the session was, so that home is no journey away, and no other place', () => {
    const lastPlace = (country: string, when: number) => ({
      at: instantOf(when),
      place: { ...unknownPlace, country },
    })
    expect(disownedHistory(history({ lastPlace: lastPlace('NO', at) }), session).lastPlace).toBeNull()
    for (const kept of [lastPlace('NO', at - 1), lastPlace('SE', at)]) {
      expect(disownedHistory(history({ lastPlace: kept }), session).lastPlace).toEqual(kept)
    }
  })
})

describe('an answer about a change inside a session', () => {
  const id = 'ses_aaaaaaaaaaaaaaaaaaaaaaaa'
  const singapore = { ...unknownPlace, country: 'SG', network: { ...network, asn: 64_501 } } as const
  const later = instantOf(at + 60_000)
  const answered = (place: Place, change: Partial<Alert> = {}) => {
    const alert = {
      sessionId: id,
      firstAt: later,
      evidence: { seen: evidenceOfPlace(place) },
      ...change,
    } as const
    return answeredSessions(alert, { ...session, id })
  }

  it('is about where it was used, and about the device on which it began', () => {
    const taught = answered(singapore).reduce(confirmedHistory, history({ countries: [known('NO', 1)] }))
    expect(taught.countries).toEqual([{ ...known('SG', later, true), lastAt: later }, known('NO', 1)])
    expect(taught.networks.map(({ key }) => key)).toEqual(['64501'])
    expect(taught.devices).toEqual([known('dev_aaaaaaaaaaaaaaaaaaaaaaaa', at, true)])
    expect(taught.clients).toEqual([known('Chrome on Windows', at, true)])
  })

  it('takes out what came with the use, and leaves where the session began, be it for the first time', () => {
    const taught = history({
      countries: [known('NO', at), known('SG', later)],
      networks: [known('64500', at), known('64501', later)],
      lastPlace: { at: later, place: singapore },
    })
    const left = answered(singapore).reduce(disownedHistory, taught)
    expect(left).toEqual({
      ...taught,
      countries: [known('NO', at)],
      networks: [known('64500', at)],
      lastPlace: null,
    })
    const home = { ...taught, lastPlace: { at: later, place: { ...unknownPlace, country: 'NO' } } }
    expect(answered(singapore).reduce(disownedHistory, home).lastPlace).toEqual(home.lastPlace)
  })

  it('is about both where the sign-in is in the alert, too', () => {
    const taught = answered(singapore, { firstAt: at }).reduce(confirmedHistory, history())
    expect(taught.countries.map(({ key }) => key)).toEqual(expect.arrayContaining(['NO', 'SG']))
  })

  it('says nothing of the country of a hosting network, and that its user is behind such ones', () => {
    const hosting = { ...singapore, network: { ...network, asn: 64_501, kind: 'hosting' } } as const
    const taught = answered(hosting).reduce(confirmedHistory, history())
    expect(taught.countries).toEqual([])
    expect(taught.hidden.map(({ key }) => key)).toEqual(['hosting'])
  })

  it.each([
    ['another session', { sessionId: 'ses_bbbbbbbbbbbbbbbbbbbbbbbb' } as const],
    ['no place', { evidence: { seen: 'Singapore' } }],
    ['nothing', { evidence: {} }],
  ])('is one about the session as it began where the alert names %s', (_what, change) => {
    expect(answered(singapore, change)).toEqual([{ ...session, id }])
  })
})
