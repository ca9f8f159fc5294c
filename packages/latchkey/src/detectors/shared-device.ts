import type { Detector } from '../ports/detector.ts'
import { countInWords } from './in-words.ts'

/** Other users of one browser. Fewer: families alarm. More: who tries stolen passwords one after the other is seen later. */
const leastOthers = 5
/** As many as the cookie of a browser holds: there may be any number more. */
const mostInCookie = 8

/** A browser in which many users sign in. */
export const sharedDevice: Detector = {
  name: 'shared-device',
  title: 'One device, many accounts',
  definition:
    'A sign-in with a browser on which at least 5 other users have signed in before, by its device cookies; of severity high from 8 on, which is as many as the cookie holds. A computer that a team or a library shares does that, too: mute its device. Whoever clears cookies in between is not seen.',
  attack: ['T1110.004', 'T1078'],
  severity: 'medium',
  observes: ['sign-in'],
  examine({ deviceId, sighting }) {
    const others = sighting?.otherUsers ?? null
    if (others === null || others < leastOthers) return null
    return {
      severity: others >= mostInCookie ? 'high' : 'medium',
      subject: `device:${deviceId ?? ''}`,
      reason: `${countInWords(others, 'other user')}${others >= mostInCookie ? ' or more' : ''} signed in with this browser before.`,
      evidence: { other_users: others, device: deviceId },
    }
  },
}
