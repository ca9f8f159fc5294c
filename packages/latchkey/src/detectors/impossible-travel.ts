import type { JsonObject } from '../foundation/json.ts'
import { inSeconds } from '../foundation/time.ts'
import { countryOf, networkKeyOf } from '../model/located-place.ts'
import type { Observation } from '../model/observation.ts'
import { evidenceOfPlace } from '../model/place-in-evidence.ts'
import type { UserHistory } from '../model/user-history.ts'
import type { Detector } from '../ports/detector.ts'
import { isConfirmed, isFamiliar } from './familiar.ts'
import { durationInWords, numberInWords, placeInWords } from './in-words.ts'
import { fastestFlight, type Journey, journey, speedOf } from './journey.ts'

/** Kilometres. Less: coordinates that are wrong alarm. More: thieves next door go by unseen; `country-changed` sees the rest. */
const nearest = 500

/** Two places of one user, too far apart for the time between. */
export const impossibleTravel: Detector = {
  name: 'impossible-travel',
  title: 'Impossible travel',
  definition:
    'Two places of one user, in one session or in two, more than 500 km apart, and reached faster than 900 km/h: the distance along the great circle less both accuracy radii (200 km where none is known), over the time between. Two such places at the same instant are impossible, too; what was observed out of order is not judged. In a session that goes on elsewhere the time counts from its last use. Places of private, relay, VPN, Tor, hosting and mobile networks are no places of people. Networks that the user confirmed, or has been on for a day or longer in that country, are left alone, as the gateway of a company is abroad. Info for a sign-in on a device that was theirs before: a phone that roams is seen at home.',
  attack: ['T1078', 'T1539', 'T1550.004'],
  severity: 'high',
  observes: ['sign-in', 'network-changed'],
  examine(observation, history) {
    if (isOwnNetwork(observation, history)) return null
    const made = impossibleJourney(observation, history)
    if (made === null) return null
    const severity = isOnOwnDevice(observation, history) ? 'info' : 'high'
    const evidence = evidenceOf(made, observation)
    return { severity, subject: subjectOf(made), reason: reasonOf(made), evidence }
  },
}

function isOwnNetwork({ at, sighting }: Observation, { networks, countries }: UserHistory): boolean {
  const place = sighting?.place ?? null
  const [network, country] = [networkKeyOf(place), countryOf(place)]
  if (network === null || isConfirmed(networks, network)) return network !== null
  return isFamiliar(networks, network, at) && country !== null && isFamiliar(countries, country, at)
}

/** Whoever has stolen a session has no password: a sign-in with the device's own cookie is its user, or somebody with all of it. */
function isOnOwnDevice({ kind, at, deviceId }: Observation, { devices }: UserHistory): boolean {
  return kind === 'sign-in' && deviceId !== null && isFamiliar(devices, deviceId, at)
}

function impossibleJourney(observation: Observation, history: UserHistory): Journey | null {
  const { at, sighting, before, lastUsedAt } = observation
  const here = sighting?.place ?? null
  const { lastPlace } = history
  const fromLast = lastPlace && journey(lastPlace.place, here, lastPlace.at, at)
  if (fromLast !== null && isImpossible(fromLast)) return fromLast
  if (lastUsedAt === null || before === null) return null
  // It was last used where it began, or where its user was seen since: only what is too far from both is impossible.
  const fromStart = journey(before.place, here, lastUsedAt, at)
  const sinceUse = lastPlace && journey(lastPlace.place, here, lastUsedAt, at)
  const isFarFromLast = sinceUse === null || isImpossible(sinceUse)
  return fromStart !== null && isImpossible(fromStart) && isFarFromLast ? fromStart : null
}

/** In no time each distance is infinitely fast; before it began none is fast at all. */
function isImpossible(made: Journey): boolean {
  return made.leastDistance > nearest && speedOf(made) > fastestFlight
}

/** The same two places are one matter, whichever was first. */
function subjectOf({ from, to }: Journey): string {
  const ends = [from, to].map((place) => `${place.country ?? ''}/${place.city ?? place.region ?? ''}`)
  return `journey:${ends.sort().join('-')}`
}

function reasonOf({ from, to, distance, time }: Journey): string {
  const duration = time === 0 ? 'at the same instant' : `in ${durationInWords(time)}`
  return `${placeInWords(from)} to ${placeInWords(to)}, ${kilometres(distance)} km ${duration}.`
}

/** To the nearest ten: the coordinates know no better. */
function kilometres(distance: number): string {
  return numberInWords(Math.round(distance / 10) * 10)
}

function evidenceOf(made: Journey, { kind }: Observation): JsonObject {
  const { from, to, distance, leastDistance, time } = made
  return {
    from: { country: from.country, city: from.city, accuracy_km: from.accuracyRadius },
    to: { country: to.country, city: to.city, accuracy_km: to.accuracyRadius },
    distance_km: Math.round(distance),
    least_distance_km: Math.round(leastDistance),
    seconds: inSeconds(time),
    least_speed_kmh: time === 0 ? null : Math.round(speedOf(made)),
    ...(kind === 'network-changed' && { seen: evidenceOfPlace(to) }),
  }
}
