import type { Detector } from '../ports/detector.ts'
import { isFamiliar } from './familiar.ts'
import { numberInWords } from './in-words.ts'

/** Either side. Fewer: daylight saving and a late train alarm. More: nights are too short for anything to be odd. */
const hoursAround = 2
/** Hours with a sign-in. Fewer: what has not happened yet is no habit. */
const leastHours = 20
/** On different days, for the same reason. */
const leastDays = 10
/** Of all hours with a sign-in. */
const rareShare = 0.01

/** A sign-in at an hour at which its user never signs in. */
export const oddHour: Detector = {
  name: 'odd-hour',
  title: 'Odd hour',
  definition:
    'A sign-in at an hour of the day (in UTC) at which, two hours either side included, less than 1 % of the user’s sign-ins were. Of severity low on a device that they have had for less than a day; info otherwise: people do have bad nights, and cross time zones. Learning until there are 20 hours with a sign-in, on 10 days.',
  attack: ['T1078'],
  severity: 'low',
  observes: ['sign-in'],
  examine({ at, deviceId }, { hours, activeDays, devices }) {
    const hour = new Date(at).getUTCHours()
    const total = hours.reduce((sum, count) => sum + count, 0)
    if (total < leastHours || activeDays < leastDays) return 'learning'
    const near = hours.reduce((sum, count, other) => sum + (isNear(hour, other) ? count : 0), 0)
    if (near >= total * rareShare) return null
    const isStrange = deviceId !== null && !isFamiliar(devices, deviceId, at)
    return {
      severity: isStrange ? 'low' : 'info',
      subject: `hour:${hour}`,
      reason: `Signed in at ${clockTime(at)} UTC${isStrange ? ' on a new device' : ''}; of ${numberInWords(total)} earlier hours with a sign-in ${near === 0 ? 'none was' : `${numberInWords(near)} were`} within ${hoursAround} hours of that.`,
      evidence: { hour, near, total },
    }
  },
}

/** Around midnight, too. */
function isNear(hour: number, other: number): boolean {
  const apart = Math.abs(hour - other)
  return Math.min(apart, 24 - apart) <= hoursAround
}

function clockTime(at: number): string {
  return new Date(at).toISOString().slice(11, 16)
}
