import { between, type Duration, days as daysOf, utcDate } from '../foundation/time.ts'
import type { Detector } from '../ports/detector.ts'
import { countInWords } from './in-words.ts'

/** Sign-ins on one day. Fewer: a bad day with a bad connection alarms. */
const leastSignIns = 8
/** Times the most on a day before. Less: whoever has two days of a kind alarms. More: a slow burst goes by. */
const leastFactor = 3
/** Days with sign-ins, before today. Fewer: there is no habit yet. */
const leastDays = 7
/** Whoever has been there for as long as habits go back has one, even if it is to sign in once a month. */
const knownAfter: Duration = daysOf(28)

/** More sign-ins on one day than its user ever has. */
export const aboveHabit: Detector = {
  name: 'above-habit',
  title: 'More sessions than usual',
  definition:
    'A user has at least 8 sign-ins on one day (in UTC), and more than 3 times as many as on any of the last 28 days. Learning until there are 7 days with a sign-in among them, or the user has been known for 28 days.',
  attack: ['T1078'],
  severity: 'low',
  observes: ['sign-in'],
  examine({ at }, { since, days }) {
    const today = utcDate(at)
    const count = 1 + (days.find(({ date }) => date === today)?.signIns ?? 0)
    if (count < leastSignIns) return null
    const earlier = days.filter(({ date }) => date < today).map(({ signIns }) => signIns)
    const isKnown = since !== null && between(since, at) >= knownAfter
    if (earlier.length < leastDays && !isKnown) return 'learning'
    const usual = Math.max(1, ...earlier)
    if (count <= leastFactor * usual) return null
    return {
      subject: `day:${today}`,
      reason: `${countInWords(count, 'sign-in')} today; at most ${usual} on any of the ${countInWords(earlier.length, 'day')} with one before.`,
      evidence: { sign_ins: count, most_on_a_day: usual, days: earlier.length },
    }
  },
}
