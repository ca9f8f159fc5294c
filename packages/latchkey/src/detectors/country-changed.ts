import { type Duration, hours, minutes } from '../foundation/time.ts'
import type { Severity } from '../model/finding.ts'
import { countryOf, networkKeyOf } from '../model/located-place.ts'
import type { Observation } from '../model/observation.ts'
import { evidenceOfPlace } from '../model/place-in-evidence.ts'
import type { UserHistory } from '../model/user-history.ts'
import type { Detector } from '../ports/detector.ts'
import { isConfirmed, isKnown } from './familiar.ts'
import { countryInWords, durationInWords, placeInWords } from './in-words.ts'
import { fastestFlight, journey } from './journey.ts'

/** Between the last use at the gate and the first one after landing, besides the flight: boarding, taxiing, getting off. Longer: who uses a phone to the last moment alarms. */
const aroundFlight: Duration = minutes(30)
/** Kilometres that remain after both accuracy radii. Less: whoever lives at a border alarms. */
const nearest = 100
/** Where no distance is known: who was in another country that shortly ago did not fly. Longer: short flights alarm. */
const shortestFlight: Duration = hours(1)

/** A session that goes on in another country. */
export const countryChanged: Detector = {
  name: 'country-changed',
  title: 'Country changed in a session',
  definition:
    'One session is used from another country than it was created in. Of severity medium where its user cannot have flown there since its last use: 100 km or more (less both accuracy radii) faster than at 900 km/h and half an hour; without coordinates, within an hour. Info otherwise, as for everybody who travels with a laptop, for countries that the user has been seen in before, and for hosting networks, which many VPNs are. Nothing where either side is on a private, relay, VPN or Tor network, or the user confirmed the country or the network.',
  attack: ['T1539', 'T1550.004'],
  severity: 'medium',
  observes: ['network-changed'],
  examine(observation, history) {
    const { sighting, before, sessionId } = observation
    const [here, there] = [sighting?.place ?? null, before?.place ?? null]
    const [to, from] = [countryOf(here), countryOf(there)]
    if (here === null || there === null || to === null || from === null || to === from) return null
    if (isConfirmed(history.countries, to)) return null
    if (isConfirmed(history.networks, networkKeyOf(here))) return null
    const time = timeSinceUse(observation)
    const since = time === null ? '' : `, ${durationInWords(time)} after its last use`
    return {
      severity: severityOf(observation, to, history),
      subject: `session:${sessionId} country:${to}`,
      reason: `A session from ${placeInWords(there)} is used from ${placeInWords(here)}, ${countryInWords(to)}${since}.`,
      evidence: {
        from,
        to,
        seconds_since_last_use: time === null ? null : time / 1_000,
        seen: evidenceOfPlace(here),
      },
    }
  },
}

function severityOf(observation: Observation, to: string, { countries }: UserHistory): Severity {
  const { at, sighting, before, lastUsedAt } = observation
  const time = timeSinceUse(observation)
  // When it was used last is known, and not where: whoever was seen in that country since was judged when they came.
  if (time === null || lastUsedAt === null || isKnown(countries, to)) return 'info'
  if (sighting?.place?.network?.kind === 'hosting' || before?.place?.network?.kind === 'hosting')
    return 'info'
  const made = journey(before?.place ?? null, sighting?.place ?? null, lastUsedAt, at)
  if (made === null) return time < shortestFlight ? 'medium' : 'info'
  const flight = hours(made.leastDistance / fastestFlight) + aroundFlight
  return made.leastDistance > nearest && time < flight ? 'medium' : 'info'
}

/** Null where it is not known, or not to be told from the order of things. */
function timeSinceUse({ at, lastUsedAt }: Observation): Duration | null {
  return lastUsedAt === null || lastUsedAt > at ? null : ((at - lastUsedAt) as Duration)
}
