import { networkKeyOf } from '../model/located-place.ts'
import type { Detector } from '../ports/detector.ts'
import { isConfirmed, isKnown } from './familiar.ts'
import { networkInWords, networkKindInWords } from './in-words.ts'

/** A session that goes on in another network. */
export const networkChanged: Detector = {
  name: 'network-changed',
  title: 'Network changed in a session',
  definition:
    'One session is used from another network (an autonomous system) than it was created in. Of severity low where it goes on over Tor and its user has not been seen there before; info otherwise: phones change between the network at home and that of their operator all day. Nothing for networks that the user confirmed.',
  attack: ['T1539', 'T1550.004'],
  severity: 'info',
  observes: ['network-changed'],
  examine({ sighting, before, sessionId }, history) {
    const [here, there] = [sighting?.place ?? null, before?.place ?? null]
    const [to, from] = [networkKeyOf(here), networkKeyOf(there)]
    if (to === null || from === null || to === from || isConfirmed(history.networks, to)) return null
    const kind = here?.network?.kind ?? 'unknown'
    const what = networkKindInWords(kind)
    return {
      severity: kind === 'tor' && !isKnown(history.networks, to) ? 'low' : 'info',
      subject: `session:${sessionId} network:${to}`,
      reason: `A session from ${networkInWords(there)} is used from ${networkInWords(here)}${what === null ? '' : `, ${what}`}.`,
      evidence: { from: Number(from), to: Number(to), kind },
    }
  },
}
