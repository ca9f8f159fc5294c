import { describe, expect, it } from 'vitest'
import type { NetworkKind, Place } from '../model/place.ts'
import type { Sighting } from '../model/sighting.ts'
import type { UserHistory } from '../model/user-history.ts'
import { clientChanged } from './client-changed.ts'
import { countryChanged } from './country-changed.ts'
import {
  daysBeforeNoon,
  knownThing,
  laptop,
  minutesFromNoon,
  observed,
  oslo,
  otherNetwork,
  placeOf,
  regular,
  sightingWith,
  singapore,
} from './examined.fake.ts'
import { networkChanged } from './network-changed.ts'
import { programmaticClient } from './programmatic-client.ts'
import { versionDowngrade } from './version-downgrade.ts'

function moved(to: Place | null, minutesSinceUse: number | null = 30, from: Place | null = oslo) {
  return observed({
    kind: 'network-changed',
    sighting: sightingWith({ place: to }),
    before: sightingWith({ place: from }),
    lastUsedAt: minutesSinceUse === null ? null : minutesFromNoon(-minutesSinceUse),
  })
}

function device(browser: string, os: string, browserVersion: string | null = '142') {
  return { device: { type: 'desktop', browser, browserVersion, os, osVersion: null } } as const
}

function changedClient(before: Partial<Sighting>, now: Partial<Sighting>) {
  return observed({ kind: 'client-changed', before: sightingWith(before), sighting: sightingWith(now) })
}

describe('a country that changed in a session', () => {
  it('is told with when it was used last', () => {
    expect(countryChanged.examine(moved(singapore), regular())).toMatchObject({
      severity: 'medium',
      subject: 'session:ses_aaaaaaaaaaaaaaaaaaaaaaaa country:SG',
      reason: 'A session from Oslo is used from Singapore, Singapore, 30 minutes after its last use.',
      evidence: { seen: { country: 'SG', network: 64_501, kind: 'unknown' } },
    })
  })

  it.each([
    ['a flight takes 11 hours and 8 minutes and 30 minutes around it', singapore, 11.6 * 60, 'medium'],
    ['a flight that long', singapore, 11.7 * 60, 'info'],
    ['nobody says when it was used last', singapore, null, 'info'],
    ['across the border, 40 km away', { ...oslo, country: 'SE', longitude: 11.5 }, 5, 'info'],
    ['another country without coordinates, within the hour', placeOf({ country: 'SE' }), 59, 'medium'],
    ['another country without coordinates, after an hour', placeOf({ country: 'SE' }), 60, 'info'],
  ])('%s: %j', (_name, to, minutes, severity) => {
    expect(countryChanged.examine(moved(to, minutes), regular())).toMatchObject({ severity })
  })

  it('is only noted where its user has been there, be it just now, and for hosting networks', () => {
    // The second network after landing: the last use was in the first one.
    const known = regular({ countries: [knownThing('NO'), knownThing('SG', 0)] })
    expect(countryChanged.examine(moved(singapore), known)).toMatchObject({ severity: 'info' })
    const hosting = { ...singapore, network: { ...otherNetwork, kind: 'hosting' } } as const
    expect(countryChanged.examine(moved(hosting), regular())).toMatchObject({ severity: 'info' })
  })

  it('is nothing where its user confirmed the country or the network', () => {
    const countries = [knownThing('SG', 0, { confirmed: true })]
    const networks = [knownThing('64501', 0, { confirmed: true })]
    expect(countryChanged.examine(moved(singapore), regular({ countries }))).toBeNull()
    expect(countryChanged.examine(moved(singapore), regular({ networks }))).toBeNull()
  })

  it.each<NetworkKind>(['vpn', 'relay', 'tor', 'private'])('is nothing by a network of kind %s', (kind) => {
    const hidden = { ...singapore, network: { ...otherNetwork, kind } }
    expect(countryChanged.examine(moved(hidden), regular())).toBeNull()
    expect(countryChanged.examine(moved(oslo, 30, hidden), regular())).toBeNull()
  })

  it('is nothing where a country is unknown or the same', () => {
    expect(countryChanged.examine(moved(null), regular())).toBeNull()
    expect(countryChanged.examine(moved(singapore, 30, null), regular())).toBeNull()
    expect(countryChanged.examine(moved({ ...oslo, network: otherNetwork }), regular())).toBeNull()
  })
})

describe('a network that changed in a session', () => {
  const over = (kind: NetworkKind) => ({ ...oslo, network: { ...otherNetwork, kind } })

  it('is noted, with both names', () => {
    expect(networkChanged.examine(moved(over('unknown')), regular())).toMatchObject({
      severity: 'info',
      reason: 'A session from AS64500 Example Home is used from AS64501 Example Other.',
      evidence: { seen: { country: 'NO', network: 64_501, kind: 'unknown' } },
    })
  })

  it('is of severity low over Tor, unless its user has been there', () => {
    expect(networkChanged.examine(moved(over('tor')), regular())).toMatchObject({ severity: 'low' })
    const known = regular({ networks: [knownThing('64501')] })
    expect(networkChanged.examine(moved(over('tor')), known)).toMatchObject({ severity: 'info' })
  })

  it.each<[string, NetworkKind, Partial<UserHistory>, 'low' | 'info']>([
    ['a VPN, for the first time', 'vpn', {}, 'low'],
    ['a hosting network, for the first time', 'hosting', {}, 'low'],
    ['a VPN, after another one', 'vpn', { hidden: [knownThing('vpn')] }, 'info'],
    ['a hosting network, of somebody with a VPN', 'hosting', { hidden: [knownThing('vpn')] }, 'info'],
    ['a VPN, of somebody who is new', 'vpn', { signIns: 1, since: daysBeforeNoon(2) }, 'info'],
    ['a relay', 'relay', {}, 'info'],
  ])('over %s', (_name, kind, history, severity) => {
    expect(networkChanged.examine(moved(over(kind)), regular(history))).toMatchObject({ severity })
  })

  it('is nothing where it is the same, unknown or confirmed', () => {
    expect(networkChanged.examine(moved(oslo), regular())).toBeNull()
    expect(networkChanged.examine(moved(null), regular())).toBeNull()
    const networks = [knownThing('64501', 0, { confirmed: true })]
    expect(networkChanged.examine(moved(over('unknown')), regular({ networks }))).toBeNull()
  })
})

describe('a client that changed in a session', () => {
  it.each([
    ['another browser', device('Chrome', 'Windows'), device('Firefox', 'Windows'), true],
    ['another system', device('Chrome', 'Windows'), device('Chrome', 'macOS'), true],
    ['a newer version', device('Chrome', 'Windows'), device('Chrome', 'Windows', '143'), false],
    ['a phone that asks as a desktop', device('Safari', 'iOS'), device('Safari', 'macOS'), false],
    ['an Android that does', device('Chrome', 'Android'), device('Chrome', 'Linux'), false],
    ['what became unknown', device('Chrome', 'Windows'), device('unknown', 'unknown'), false],
    ['what was unknown', device('unknown', 'unknown'), device('Chrome', 'Windows'), false],
  ])('%s: %j', (_name, before, now, isOdd) => {
    expect(clientChanged.examine(changedClient(before, now), regular()) !== null).toBe(isOdd)
  })

  it('is told with both', () => {
    const observation = changedClient(device('Chrome', 'Windows'), device('Firefox', 'Linux'))
    expect(clientChanged.examine(observation, regular())).toMatchObject({
      reason: 'A session of Chrome on Windows is used by Firefox on Linux.',
    })
  })

  it('is left to another detector where it is a program', () => {
    const observation = changedClient({}, { client: 'program', ...device('curl', 'Linux') })
    expect(clientChanged.examine(observation, regular())).toBeNull()
  })
})

describe('a program in a session of a browser', () => {
  const nothing = device('unknown', 'unknown', null)
  it.each([
    ['browser', 'program', true],
    ['browser', 'bot', true],
    ['browser', 'app', false],
    ['browser', 'unknown', false],
    ['app', 'program', false],
    ['program', 'program', false],
    ['unknown', 'program', false],
  ] as const)('%s to %s: %j', (before, now, isOdd) => {
    const observation = changedClient({ client: before }, { client: now })
    expect(programmaticClient.examine(observation, regular()) !== null).toBe(isOdd)
  })

  it.each([
    [device('curl', 'unknown', null), 'A session of Chrome on Windows is used by a program, curl.'],
    [nothing, 'A session of Chrome on Windows is used by a program.'],
  ])('is told with its name where it has one', (now, reason) => {
    const observation = changedClient({}, { client: 'program', ...now })
    expect(programmaticClient.examine(observation, regular())).toMatchObject({ reason })
  })
})

describe('an older browser', () => {
  it.each([
    ['two versions', '140', true],
    ['one, that was taken back', '141', false],
    ['the same', '142', false],
    ['a newer one', '150', false],
    ['one with a point', '139.0.1', true],
    ['an unknown one', null, false],
    ['no number', 'beta', false],
  ])('%s: %j', (_name, version, isOdd) => {
    const observation = observed({ sighting: sightingWith(device('Chrome', 'Windows', version)) })
    expect(versionDowngrade.examine(observation, regular()) !== null).toBe(isOdd)
  })

  it('is compared with how the session began where its device is unknown', () => {
    const observation = {
      ...changedClient(device('Firefox', 'Linux', '144'), device('Firefox', 'Linux', '115')),
      deviceId: null,
    }
    expect(versionDowngrade.examine(observation, regular())).toMatchObject({
      subject: 'session:ses_aaaaaaaaaaaaaaaaaaaaaaaa',
      reason: 'Firefox 115 where it was Firefox 144, 29 major versions newer.',
    })
  })

  it('is nothing where another browser is on the device', () => {
    const observation = observed({
      deviceId: laptop,
      sighting: sightingWith(device('Firefox', 'Linux', '100')),
    })
    expect(versionDowngrade.examine(observation, regular())).toBeNull()
  })
})
