import { type Instant, instantOf } from '../foundation/time.ts'
import type { DeviceId } from '../model/device.ts'
import type { Observation } from '../model/observation.ts'
import { type Network, type Place, unknownPlace } from '../model/place.ts'
import type { Sighting } from '../model/sighting.ts'
import { type KnownThing, noHistory, type UserHistory } from '../model/user-history.ts'

/** A Wednesday at noon. */
export const noon: Instant = instantOf(Date.UTC(2026, 5, 10, 12))
const minute = 60_000
const day = 24 * 60 * minute

/** So many minutes after noon; negative: before. */
export function minutesFromNoon(count: number): Instant {
  return instantOf(noon + count * minute)
}

export function daysBeforeNoon(count: number): Instant {
  return instantOf(noon - count * day)
}

export const laptop: DeviceId = 'dev_aaaaaaaaaaaaaaaaaaaaaaaa'
export const newLaptop: DeviceId = 'dev_bbbbbbbbbbbbbbbbbbbbbbbb'

export const homeNetwork: Network = { asn: 64_500, name: 'Example Home', kind: 'isp' }
export const otherNetwork: Network = { asn: 64_501, name: 'Example Other', kind: 'unknown' }

export function placeOf(changes: Partial<Place>): Place {
  return { ...unknownPlace, accuracyRadius: 10, network: homeNetwork, ...changes }
}

export const oslo: Place = placeOf({ country: 'NO', city: 'Oslo', latitude: 59.9139, longitude: 10.7522 })
export const singapore: Place = placeOf({
  country: 'SG',
  city: 'Singapore',
  latitude: 1.3521,
  longitude: 103.8198,
  network: otherNetwork,
})

export function sightingWith(changes: Partial<Sighting> = {}): Sighting {
  return {
    client: 'browser',
    device: { type: 'desktop', browser: 'Chrome', browserVersion: '142', os: 'Windows', osVersion: null },
    place: oslo,
    amr: ['pwd'],
    otherUsers: 0,
    ...changes,
  }
}

/** A sign-in at home at noon, with the changes asked for. */
export function observed(changes: Partial<Observation> = {}): Observation {
  return {
    position: 1,
    kind: 'sign-in',
    at: noon,
    userId: '42',
    sessionId: 'ses_aaaaaaaaaaaaaaaaaaaaaaaa',
    deviceId: laptop,
    sighting: sightingWith(),
    before: null,
    lastUsedAt: null,
    source: null,
    refused: null,
    ...changes,
  }
}

export function knownThing(key: string, daysAgo = 30, changes: Partial<KnownThing> = {}): KnownThing {
  return {
    key,
    firstAt: daysBeforeNoon(daysAgo),
    lastAt: daysBeforeNoon(1),
    times: 9,
    confirmed: false,
    ...changes,
  }
}

/** Somebody who has signed in at home with the laptop for a month, at noon. */
export function regular(changes: Partial<UserHistory> = {}): UserHistory {
  return {
    ...noHistory('42'),
    since: daysBeforeNoon(30),
    signIns: 25,
    activeDays: 25,
    lastAt: daysBeforeNoon(1),
    devices: [knownThing(laptop)],
    countries: [knownThing('NO')],
    networks: [knownThing('64500')],
    clients: [knownThing('Chrome on Windows')],
    hours: new Array<number>(24).fill(0).map((_, hour) => (hour === 12 ? 25 : 0)),
    days: Array.from({ length: 25 }, (_, index) => ({
      date: new Date(daysBeforeNoon(25 - index)).toISOString().slice(0, 10),
      signIns: 1,
    })),
    lastPlace: { at: daysBeforeNoon(1), place: oslo },
    versions: [{ key: `${laptop} Chrome`, browserVersion: '142', osVersion: null }],
    ...changes,
  }
}
