import { type Duration, inSeconds, milliseconds } from 'latchkey'
import { type Finding, failed, ok, warning } from './finding.ts'

export interface DatabaseClockFacts {
  /** How far the database's clock is ahead of this machine's, in milliseconds; negative: behind. */
  readonly ahead: number
  /** By how much that may be wrong: half of what asking took. */
  readonly uncertainty: number
}

/** Clocks are put right in small steps all the time; what is larger moves deadlines that people notice. */
const tolerated: Duration = milliseconds(5_000)

/** No step of NTP is as large: this clock is set wrong. */
const hopeless: Duration = milliseconds(60_000)

/**
 * Nodes judge deadlines by their own clocks: by as much as they differ, a session lasts longer on one than on
 * another. Whether an ending is heard of in time does not depend on any clock.
 */
export function checkDatabaseClock({ ahead, uncertainty }: DatabaseClockFacts): Finding {
  const least = Math.abs(ahead) - uncertainty
  if (least <= tolerated) return ok('clock', "This machine's clock and that of the database agree.")
  const seconds = Math.round(inSeconds(milliseconds(Math.abs(ahead))))
  const saw = `The clock of the database is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} this machine's: one of them is wrong.`
  const mend =
    'Let both machines keep their time by NTP (timedatectl set-ntp true). Deadlines are judged by the clocks of the nodes.'
  return least > hopeless ? failed('clock', saw, mend) : warning('clock', saw, mend)
}
