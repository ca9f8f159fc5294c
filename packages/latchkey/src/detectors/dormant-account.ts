import { between, type Duration, days, utcDate } from '../foundation/time.ts'
import type { Detector } from '../ports/detector.ts'
import { isFamiliar } from './familiar.ts'
import { countInWords } from './in-words.ts'

/** Shorter: whoever comes once a quarter alarms. Longer: accounts that nobody misses are taken over unseen. */
const dormantAfter: Duration = days(90)

/** A sign-in of a user who was away for long. */
export const dormantAccount: Detector = {
  name: 'dormant-account',
  title: 'Dormant account returns',
  definition:
    'A sign-in of a user who was not seen for 90 days: of severity medium on a new or unknown device, info on one that was theirs before. Somebody of whom nothing is known does not return.',
  attack: ['T1078'],
  severity: 'medium',
  observes: ['sign-in'],
  examine({ at, deviceId }, { lastAt, devices }) {
    if (lastAt === null) return null
    const absence = between(lastAt, at)
    if (absence < dormantAfter) return null
    const isOwn = deviceId !== null && isFamiliar(devices, deviceId, at)
    const count = Math.floor(absence / days(1))
    return {
      severity: isOwn ? 'info' : 'medium',
      subject: `since:${utcDate(lastAt)}`,
      reason: `First sign-in after ${countInWords(count, 'day')}, on ${isOwn ? 'a known device' : 'a new device'}.`,
      evidence: { days: count, last_seen: utcDate(lastAt) },
    }
  },
}
