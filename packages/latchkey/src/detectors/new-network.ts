import type { Severity } from '../model/finding.ts'
import { hidingKindOf, networkKeyOf } from '../model/located-place.ts'
import type { Observation } from '../model/observation.ts'
import type { UserHistory } from '../model/user-history.ts'
import type { Detector } from '../ports/detector.ts'
import { isFamiliar, isKnown, isLearned } from './familiar.ts'
import { countInWords, networkInWords, networkKindInWords } from './in-words.ts'

/** A sign-in from a network on which its user was never seen. */
export const newNetwork: Detector = {
  name: 'new-network',
  title: 'New network',
  definition:
    'A sign-in from a network (an autonomous system: a provider, a company) from which the user has not been seen before. Of severity low where it is a VPN, Tor or a hosting network and the device is one that the user has had for less than a day; info otherwise. Learning until the user has signed in 3 times, on 2 days, or has been known for 14 days.',
  attack: ['T1078', 'T1090'],
  // Each café and each train has its own: alone it asks nobody to act.
  severity: 'info',
  observes: ['sign-in'],
  examine(observation, history) {
    const place = observation.sighting?.place ?? null
    const network = networkKeyOf(place)
    if (network === null || isKnown(history.networks, network)) return null
    if (!isLearned(history, observation.at)) return 'learning'
    const severity = severityOf(observation, history)
    const kind = place?.network?.kind ?? 'unknown'
    const what = networkKindInWords(kind)
    const known = history.networks.length
    return {
      severity,
      subject: `network:${network}`,
      reason: `First sign-in from ${networkInWords(place)}${what === null ? '' : `, ${what}`}${severity === 'low' ? ', on a new device' : ''}; ${countInWords(known, 'network')} known before.`,
      evidence: { network: Number(network), kind, known_networks: known },
    }
  },
}

function severityOf({ at, deviceId, sighting }: Observation, { devices }: UserHistory): Severity {
  const isNewDevice = deviceId !== null && !isFamiliar(devices, deviceId, at)
  return isNewDevice && hidingKindOf(sighting?.place ?? null) !== null ? 'low' : 'info'
}
