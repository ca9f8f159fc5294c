import { between, type Duration, days, utcDate } from '../foundation/time.ts'
import type { Detector } from '../ports/detector.ts'
import { isFamiliar } from './familiar.ts'
import { countInWords } from './in-words.ts'

/** Shorter: whoever comes once a quarter alarms. Longer: accounts that nobody misses are taken over unseen. */
const dormantAfter: Duration = days(90)

const devicesInWords = { info: 'a known device', low: 'an unknown device', medium: 'a new device' }

/** A sign-in of a user who was away for long. */
export const dormantAccount: Detector = {
  name: 'dormant-account',
  title: 'Dormant account returns',
  definition:
    'A sign-in of a user who was not seen for 90 days: of severity medium on a new device, low where the device is unknown, info on one that was theirs before. Somebody of whom nothing is known does not return.',
  attack: ['T1078'],
  severity: 'medium',
  observes: ['sign-in'],
  examine({ at, deviceId }, { lastAt, devices }) {
    if (lastAt === null) return null
    const absence = between(lastAt, at)
    if (absence < dormantAfter) return null
    const severity = deviceId === null ? 'low' : isFamiliar(devices, deviceId, at) ? 'info' : 'medium'
    const count = Math.floor(absence / days(1))
    return {
      severity,
      subject: `since:${utcDate(lastAt)}`,
      reason: `First sign-in after ${countInWords(count, 'day')}, on ${devicesInWords[severity]}.`,
      evidence: { days: count, last_seen: utcDate(lastAt) },
    }
  },
}
