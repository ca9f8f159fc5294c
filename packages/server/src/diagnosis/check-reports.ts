import { between, type Instant, minutes } from 'latchkey'
import { type Finding, failed, ok, warning } from './finding.ts'

/** How reports follow the event log, and what a recount of the last days found. */
export interface ReportFacts {
  readonly now: Instant
  /** Of the first event that is not counted; null where every one is. */
  readonly oldestBehindAt: Instant | null
  readonly behind: number
  readonly compared: number
  readonly differing: number
}

/** Longer: alerts and numbers are late for longer before anybody is told. */
const tolerated = minutes(15)

export function checkReports({ now, oldestBehindAt, behind, compared, differing }: ReportFacts): Finding {
  if (differing > 0) {
    return failed(
      'reports',
      `${differing} of ${compared} numbers of the last days are not what the event log adds up to.`,
      'Run latchkey reports recount to see which, and latchkey reports rebuild to count them again from the log.',
    )
  }
  if (oldestBehindAt !== null && between(oldestBehindAt, now) > tolerated) {
    return warning(
      'reports',
      `Numbers over time and detectors are about ${behind} events behind.`,
      'Where a server is running, its log says what keeps it; otherwise start one, or run latchkey reports update.',
    )
  }
  return ok('reports', `${compared} numbers of the last days equal a recount of the event log.`)
}
