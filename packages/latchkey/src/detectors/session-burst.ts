import { before, between, type Duration, hours, minutes, utcDate } from '../foundation/time.ts'
import type { DeviceId } from '../model/device.ts'
import type { Detector } from '../ports/detector.ts'
import { countInWords, durationInWords } from './in-words.ts'

const window: Duration = minutes(10)
/** Fewer: whoever sets up a phone, a tablet and a laptop in one go alarms. More: a short burst goes by. */
const leastSessions = 5
/** A page that signs in in a circle does so on one. */
const leastDevices = 3

/** Shorter: whoever opens an account on everything they have alarms. Longer: a burst on the first days goes by. */
const learnsFor: Duration = hours(24)

/** Many sign-ins of one user at once. */
export const sessionBurst: Detector = {
  name: 'session-burst',
  title: 'Many sessions at once',
  definition:
    'At least 5 sign-ins of one user within 10 minutes, on at least 3 devices (each unknown one counts as its own), and more than on any whole day of the last 28. Of severity medium where all devices are known ones or new ones, low where some are unknown: they may be one. Learning on the first day of a user. Accounts of machines that sign in all the time make it their habit.',
  attack: ['T1110.004', 'T1078'],
  severity: 'medium',
  observes: ['sign-in'],
  examine({ at, deviceId }, { recent, days, since }) {
    const start = before(at, window)
    const others = recent.filter((signIn) => signIn.at > start && signIn.at <= at)
    const count = others.length + 1
    if (count < leastSessions) return null
    const ids = [...others.map((signIn) => signIn.deviceId), deviceId]
    const devices = distinct(ids)
    const today = utcDate(at)
    const usual = Math.max(0, ...days.filter(({ date }) => date < today).map(({ signIns }) => signIns))
    if (devices < leastDevices || count <= usual) return null
    if (since === null || between(since, at) < learnsFor) return 'learning'
    return {
      severity: ids.includes(null) ? 'low' : 'medium',
      subject: `day:${today}`,
      reason: `${countInWords(count, 'sign-in')} in ${durationInWords(window)} on ${countInWords(devices, 'device')}; at most ${usual} on a day before.`,
      evidence: { sign_ins: count, devices, most_on_a_day: usual },
    }
  },
}

function distinct(ids: readonly (DeviceId | null)[]): number {
  const known = ids.filter((id) => id !== null)
  return new Set(known).size + ids.length - known.length
}
