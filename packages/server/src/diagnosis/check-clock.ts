import { between, type Duration, type Instant, inSeconds, seconds } from 'latchkey'
import { type Finding, failed, ok } from './finding.ts'

export interface ClockFacts {
  readonly now: Instant
  /** When the newest event was written; null when there is none. */
  readonly newestEventAt: Instant | null
}

/** Clocks are put right in small steps all the time; what is larger moves deadlines that people notice. */
const toleratedSkew: Duration = seconds(5)

/**
 * An embedded database has no clock of its own, so there is no second one to compare with. What can be seen is
 * whether the machine's clock has gone back: then events lie in the future, and sessions last longer than they
 * should by as much.
 */
export function checkClock(facts: ClockFacts): Finding {
  if (facts.newestEventAt === null) {
    return ok('clock', 'Nothing has been written yet that the clock could be compared with.')
  }
  const ahead = between(facts.now, facts.newestEventAt)
  if (ahead <= toleratedSkew) {
    return ok('clock', "The newest entry is not in the future of this machine's clock.")
  }
  return failed(
    'clock',
    `The newest entry is ${Math.round(inSeconds(ahead))} s in the future: this machine's clock is wrong now, or was ahead when it was written.`,
    'Let the machine keep its time by NTP (timedatectl set-ntp true); until the clock has caught up, sessions last that much longer.',
  )
}
