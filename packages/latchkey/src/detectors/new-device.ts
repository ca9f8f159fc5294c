import type { Detector } from '../ports/detector.ts'
import { isKnown, isLearned } from './familiar.ts'
import { clientInWords, countInWords } from './in-words.ts'

/** A sign-in on a device on which its user never signed in. */
export const newDevice: Detector = {
  name: 'new-device',
  title: 'New device',
  definition:
    'A sign-in on a device on which the user has not signed in before. Devices are known by their device cookie: a browser whose cookies were cleared is a new one. Learning until the user has signed in 3 times, on 2 days, or has been known for 14 days.',
  attack: ['T1078'],
  // People get new devices, clear cookies and open private windows: alone it is worth a mail to its user at most.
  severity: 'info',
  observes: ['sign-in'],
  examine({ at, deviceId, sighting }, history) {
    if (deviceId === null || isKnown(history.devices, deviceId)) return null
    if (!isLearned(history, at)) return 'learning'
    const client = sighting === null ? 'an unknown client' : clientInWords(sighting)
    const known = history.devices.length
    return {
      subject: `device:${deviceId}`,
      reason: `First sign-in on this device, ${client}; ${countInWords(known, 'device')} known before.`,
      evidence: { device: deviceId, client, known_devices: known },
    }
  },
}
