import type { Severity } from '../model/finding.ts'
import { hidingKindOf, networkKeyOf } from '../model/located-place.ts'
import type { Observation } from '../model/observation.ts'
import { evidenceOfPlace } from '../model/place-in-evidence.ts'
import type { UserHistory } from '../model/user-history.ts'
import type { Detector } from '../ports/detector.ts'
import { isConfirmed, isKnown, isLearned } from './familiar.ts'
import { networkInWords, networkKindInWords } from './in-words.ts'

/** A session that goes on in another network. */
export const networkChanged: Detector = {
  name: 'network-changed',
  title: 'Network changed in a session',
  definition:
    'One session is used from another network (an autonomous system) than it was created in. Of severity low where it goes on over Tor and its user has not been seen there before, or over a VPN or a hosting network and they have never been seen behind anything that hides where somebody is; info otherwise: phones change between the network at home and that of their operator all day. Nothing for networks that the user confirmed.',
  attack: ['T1539', 'T1550.004'],
  severity: 'info',
  observes: ['network-changed'],
  examine(observation, history) {
    const { sighting, before, sessionId } = observation
    const [here, there] = [sighting?.place ?? null, before?.place ?? null]
    const [to, from] = [networkKeyOf(here), networkKeyOf(there)]
    if (here === null || to === null || from === null || to === from || isConfirmed(history.networks, to))
      return null
    const kind = here.network?.kind ?? 'unknown'
    const what = networkKindInWords(kind)
    return {
      severity: severityOf(observation, to, history),
      subject: `session:${sessionId} network:${to}`,
      reason: `A session from ${networkInWords(there)} is used from ${networkInWords(here)}${what === null ? '' : `, ${what}`}.`,
      evidence: { from: Number(from), to: Number(to), kind, seen: evidenceOfPlace(here) },
    }
  },
}

/** Exits of a VPN change from day to day: whoever has been behind one is behind others tomorrow. */
function severityOf({ at, sighting }: Observation, to: string, history: UserHistory): Severity {
  const hidden = hidingKindOf(sighting?.place ?? null)
  if (hidden === null) return 'info'
  if (hidden === 'tor') return isKnown(history.networks, to) ? 'info' : 'low'
  return history.hidden.length === 0 && isLearned(history, at) ? 'low' : 'info'
}
