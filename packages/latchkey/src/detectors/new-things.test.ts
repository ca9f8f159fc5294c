import { describe, expect, it } from 'vitest'
import type { NetworkKind } from '../model/place.ts'
import type { Sighting } from '../model/sighting.ts'
import { noHistory, type UserHistory } from '../model/user-history.ts'
import {
  daysBeforeNoon,
  knownThing,
  laptop,
  newLaptop,
  observed,
  otherNetwork,
  regular,
  sightingWith,
  singapore,
} from './examined.fake.ts'
import { newCountry } from './new-country.ts'
import { newDevice } from './new-device.ts'
import { newNetwork } from './new-network.ts'

const abroad = sightingWith({ place: singapore })
const elsewhere = (kind: NetworkKind) =>
  sightingWith({ place: { ...singapore, network: { ...otherNetwork, kind } } })

describe.each([newDevice, newCountry, newNetwork])('$name', (detector) => {
  const strange = observed({ sighting: abroad, deviceId: newLaptop })

  it('is learning until somebody has signed in three times, on two days, or was known for two weeks', () => {
    const history = regular({ since: daysBeforeNoon(13), signIns: 3, activeDays: 2 })
    expect(detector.examine(strange, history)).toMatchObject({ subject: expect.any(String) })
    expect(detector.examine(strange, { ...history, signIns: 2 })).toBe('learning')
    expect(detector.examine(strange, { ...history, activeDays: 1 })).toBe('learning')
    expect(detector.examine(strange, { ...history, signIns: 1, since: daysBeforeNoon(14) })).not.toBe(
      'learning',
    )
    expect(detector.examine(strange, noHistory('42'))).toBe('learning')
  })

  it('says nothing of what is known, and nothing of what is unknown', () => {
    expect(detector.examine(observed(), regular())).toBeNull()
    expect(detector.examine(observed({ sighting: null, deviceId: null }), regular())).toBeNull()
    expect(
      detector.examine(observed({ sighting: sightingWith({ place: null }), deviceId: null }), regular()),
    ).toBeNull()
  })
})

it('a new device is told with what it is and how many there were', () => {
  expect(newDevice.examine(observed({ deviceId: newLaptop }), regular())).toEqual({
    severity: 'info',
    subject: `device:${newLaptop}`,
    reason: 'First sign-in on this device, Chrome on Windows; 1 device known before.',
    evidence: { device: newLaptop, client: 'Chrome on Windows', known_devices: 1 },
  })
})

const firefox = {
  type: 'desktop',
  browser: 'Firefox',
  os: 'Linux',
  browserVersion: '1',
  osVersion: null,
} as const

it.each<[string, Partial<Sighting>, Partial<UserHistory>, 'low' | 'info']>([
  ['browser and network are new, too', { device: firefox, place: singapore }, {}, 'low'],
  ['the network is known', { device: firefox }, {}, 'info'],
  ['the browser is known', { place: singapore }, {}, 'info'],
  ['the browser is unknown', { device: { ...firefox, browser: 'unknown' }, place: singapore }, {}, 'info'],
  ['the network is unknown', { device: firefox, place: null }, {}, 'info'],
  ['no browser was known before', { device: firefox, place: singapore }, { clients: [] }, 'info'],
  ['no network was known before', { device: firefox, place: singapore }, { networks: [] }, 'info'],
])('a new device where %s', (_name, sighting, history, severity) => {
  const observation = observed({ deviceId: newLaptop, sighting: sightingWith(sighting) })
  expect(newDevice.examine(observation, regular(history))).toMatchObject({ severity })
})

describe('a new country', () => {
  it('is told with those before', () => {
    expect(newCountry.examine(observed({ sighting: abroad, deviceId: newLaptop }), regular())).toMatchObject({
      severity: 'medium',
      subject: 'country:SG',
      reason: 'First sign-in from Singapore, on a new device; 25 sign-ins before from Norway.',
    })
  })

  it('is only noted on a device that its user has had for a day, or confirmed', () => {
    const on = (days: number, confirmed: boolean) =>
      newCountry.examine(
        observed({ sighting: abroad }),
        regular({ devices: [knownThing(laptop, days, { confirmed })] }),
      )
    expect(on(1, false)).toMatchObject({ severity: 'info' })
    expect(on(0.9, false)).toMatchObject({ severity: 'medium' })
    expect(on(0, true)).toMatchObject({ severity: 'info' })
  })

  it('is of severity low where no device is known', () => {
    expect(newCountry.examine(observed({ sighting: abroad, deviceId: null }), regular())).toMatchObject({
      severity: 'low',
    })
  })

  it.each<NetworkKind>(['vpn', 'relay', 'tor', 'private'])('is none by a network of kind %s', (kind) => {
    expect(
      newCountry.examine(observed({ sighting: elsewhere(kind), deviceId: newLaptop }), regular()),
    ).toBeNull()
  })

  it('is learned by whoever was on networks without a country only', () => {
    expect(newCountry.examine(observed({ sighting: abroad }), regular({ countries: [] }))).toBe('learning')
  })
})

describe('a new network', () => {
  it.each<[NetworkKind, string, string]>([
    ['unknown', newLaptop, 'info'],
    ['vpn', newLaptop, 'low'],
    ['tor', newLaptop, 'low'],
    ['hosting', newLaptop, 'low'],
    ['hosting', laptop, 'info'],
  ])('of kind %s on %s is %s', (kind, deviceId, severity) => {
    const observation = observed({ sighting: elsewhere(kind), deviceId: deviceId as typeof laptop })
    expect(newNetwork.examine(observation, regular())).toMatchObject({ severity, subject: 'network:64501' })
  })

  it('is told with its name and what it is', () => {
    expect(newNetwork.examine(observed({ sighting: elsewhere('vpn') }), regular())).toMatchObject({
      reason: 'First sign-in from AS64501 Example Other, a VPN; 1 network known before.',
    })
  })
})
