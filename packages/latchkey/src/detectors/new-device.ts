import { networkKeyOf } from '../model/located-place.ts'
import { clientKeyOf, type Sighting } from '../model/sighting.ts'
import type { KnownThing, UserHistory } from '../model/user-history.ts'
import type { Detector } from '../ports/detector.ts'
import { isKnown, isLearned } from './familiar.ts'
import { clientInWords, countInWords } from './in-words.ts'

/** A sign-in on a device on which its user never signed in. */
export const newDevice: Detector = {
  name: 'new-device',
  title: 'New device',
  definition:
    'A sign-in on a device on which the user has not signed in before. Devices are known by their device cookie: a browser whose cookies were cleared is a new one. Of severity low where the network (an autonomous system) is new, too, and the user has never signed in with such a browser on such a system; info otherwise. Learning until the user has signed in 3 times, on 2 days, or has been known for 14 days.',
  attack: ['T1078'],
  // People get new devices, clear cookies and open private windows: alone it is worth a mail to its user at most.
  severity: 'info',
  observes: ['sign-in'],
  examine({ at, deviceId, sighting }, history) {
    if (deviceId === null || isKnown(history.devices, deviceId)) return null
    if (!isLearned(history, at)) return 'learning'
    const client = sighting === null ? 'an unknown client' : clientInWords(sighting)
    const known = history.devices.length
    const isAllNew = sighting !== null && isNewInAll(sighting, history)
    const all = isAllNew ? ', with a browser and from a network that are new, too' : ''
    return {
      severity: isAllNew ? 'low' : 'info',
      subject: `device:${deviceId}`,
      reason: `First sign-in on this device, ${client}${all}; ${countInWords(known, 'device')} known before.`,
      evidence: { device: deviceId, client, known_devices: known },
    }
  },
}

/** A cleared cookie leaves browser and system as they were; who has taken over an account has them by chance only. */
function isNewInAll({ device, place }: Sighting, { clients, networks }: UserHistory): boolean {
  return isNew(clients, clientKeyOf(device)) && isNew(networks, networkKeyOf(place))
}

/** What is unknown is not new, and nothing is where there is nothing to compare with. */
function isNew(things: readonly KnownThing[], key: string | null): boolean {
  return key !== null && things.length > 0 && !isKnown(things, key)
}
