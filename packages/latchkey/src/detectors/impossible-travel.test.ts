import { describe, expect, it } from 'vitest'
import type { NetworkKind } from '../model/place.ts'
import {
  daysBeforeNoon,
  homeNetwork,
  knownThing,
  laptop,
  minutesFromNoon,
  newLaptop,
  noon,
  observed,
  oslo,
  otherNetwork,
  placeOf,
  regular,
  sightingWith,
  singapore,
} from './examined.fake.ts'
import { impossibleTravel } from './impossible-travel.ts'

const inSingapore = sightingWith({ place: singapore })
const fromOslo = (minutesAgo: number) =>
  regular({ lastPlace: { at: minutesFromNoon(-minutesAgo), place: oslo } })
const signIn = observed({ sighting: inSingapore, deviceId: newLaptop })

/** On a new network, so many kilometres east of Oslo's meridian on the equator, where 111.195 km are a degree. */
function journeyOf(
  kilometres: number,
  minutes: number,
  radii: readonly [number | null, number | null] = [10, 10],
) {
  const from = placeOf({ latitude: 0, longitude: 0, accuracyRadius: radii[0] })
  const longitude = kilometres / 111.1951
  const to = placeOf({ latitude: 0, longitude, accuracyRadius: radii[1], network: otherNetwork })
  return impossibleTravel.examine(
    observed({ sighting: sightingWith({ place: to }), deviceId: newLaptop }),
    regular({ lastPlace: { at: minutesFromNoon(-minutes), place: from } }),
  )
}

describe('impossible travel', () => {
  it('says from where to where, how far and how fast', () => {
    expect(impossibleTravel.examine(signIn, fromOslo(42))).toMatchObject({
      severity: 'high',
      reason: 'Oslo to Singapore, 10,050 km in 42 minutes.',
      evidence: { distance_km: 10_048, least_distance_km: 10_028, seconds: 2_520 },
    })
    expect(impossibleTravel.examine(signIn, fromOslo(42))).not.toHaveProperty('evidence.seen')
  })

  it.each([
    ['501 km left, at the same instant', 521, 0, true],
    ['499 km left, at the same instant', 519, 0, false],
    ['1,000 km left in 66 minutes: 909 km/h', 1_020, 66, true],
    ['1,000 km left in 67 minutes: 896 km/h', 1_020, 67, false],
    ['1,000 km left, two minutes before: what comes out of order is not judged', 1_020, -2, false],
  ])('%s', (_name, kilometres, minutes, isOdd) => {
    expect(journeyOf(kilometres, minutes) !== null).toBe(isOdd)
  })

  it('counts 200 km around coordinates of which nobody says how far off they are', () => {
    expect(journeyOf(899, 0, [null, null])).toBeNull()
    expect(journeyOf(901, 0, [null, null])).not.toBeNull()
  })

  it('takes both accuracy radii off', () => {
    expect(journeyOf(1_000, 0, [300, 201])).toBeNull()
    expect(journeyOf(1_000, 0, [300, 199])).not.toBeNull()
  })

  it('is right over the antimeridian: 220 km are no journey', () => {
    const [east, west] = [
      placeOf({ latitude: 0, longitude: 179 }),
      placeOf({ latitude: 0, longitude: -179, network: otherNetwork }),
    ]
    const observation = observed({ sighting: sightingWith({ place: west }), deviceId: newLaptop })
    expect(
      impossibleTravel.examine(observation, regular({ lastPlace: { at: noon, place: east } })),
    ).toBeNull()
  })

  it.each<NetworkKind>(['private', 'relay', 'vpn', 'tor', 'hosting', 'mobile'])(
    'says nothing of a network of kind %s, on either side',
    (kind) => {
      const there = { ...singapore, network: { ...otherNetwork, kind } }
      const observation = observed({ sighting: sightingWith({ place: there }), deviceId: newLaptop })
      expect(impossibleTravel.examine(observation, fromOslo(1))).toBeNull()
      const before = { ...oslo, network: { ...homeNetwork, kind } }
      const history = regular({ lastPlace: { at: minutesFromNoon(-1), place: before } })
      expect(impossibleTravel.examine(signIn, history)).toBeNull()
    },
  )

  it('says nothing where a place or its coordinates are unknown', () => {
    const unknown = { ...singapore, latitude: null, longitude: null }
    for (const place of [null, unknown]) {
      expect(
        impossibleTravel.examine(observed({ sighting: sightingWith({ place }) }), fromOslo(1)),
      ).toBeNull()
    }
    expect(impossibleTravel.examine(observed({ sighting: null }), fromOslo(1))).toBeNull()
    expect(impossibleTravel.examine(signIn, regular({ lastPlace: null }))).toBeNull()
  })

  it('leaves alone networks that their user confirmed, or has been on for a day in that country', () => {
    const confirmed = knownThing('64501', 0, { confirmed: true })
    expect(impossibleTravel.examine(signIn, { ...fromOslo(5), networks: [confirmed] })).toBeNull()
    const own = { networks: [knownThing('64501')], countries: [knownThing('SG')] }
    expect(impossibleTravel.examine(signIn, { ...fromOslo(5), ...own })).toBeNull()
    expect(impossibleTravel.examine(signIn, { ...fromOslo(5), networks: own.networks })).not.toBeNull()
  })

  it('only notes a sign-in on a device that was its user’s before', () => {
    const own = observed({ sighting: inSingapore, deviceId: laptop })
    expect(impossibleTravel.examine(own, fromOslo(5))).toMatchObject({ severity: 'info' })
  })
})

describe('impossible travel inside a session', () => {
  const before = sightingWith()
  const moved = (minutesSinceUse: number | null) =>
    observed({
      kind: 'network-changed',
      sighting: inSingapore,
      before,
      lastUsedAt: minutesSinceUse === null ? null : minutesFromNoon(-minutesSinceUse),
    })

  it('counts from the last use of the session, on whatever day it began', () => {
    const history = regular({ lastPlace: { at: daysBeforeNoon(9), place: oslo } })
    expect(impossibleTravel.examine(moved(30), history)).toMatchObject({
      severity: 'high',
      reason: 'Oslo to Singapore, 10,050 km in 30 minutes.',
      evidence: { seen: { country: 'SG', network: 64_501, kind: 'unknown' } },
    })
    expect(impossibleTravel.examine(moved(12 * 60), history)).toBeNull()
    expect(impossibleTravel.examine(moved(null), history)).toBeNull()
  })

  it('says nothing where its user was seen nearby since it began', () => {
    const history = regular({ lastPlace: { at: daysBeforeNoon(2), place: singapore } })
    expect(impossibleTravel.examine(moved(30), history)).toBeNull()
  })
})
