import { between, type Instant, minutes, toIso } from 'latchkey'
import { type Finding, failed, ok, warning } from './finding.ts'

/** How reports follow the event log, and what a recount of the last days found. */
export interface ReportFacts {
  readonly now: Instant
  /** Of the first event that is not counted; null where every one is. */
  readonly oldestBehindAt: Instant | null
  readonly behind: number
  /** Of the first event that detectors have not looked at; null where they have looked at each. */
  readonly detectorsBehindAt: Instant | null
  readonly compared: number
  readonly differing: number
}

/** Longer: alerts and numbers are late for longer before anybody is told. */
const tolerated = minutes(15)

const keptBack =
  'Where a server is running, its log says what keeps it; otherwise start one, or run latchkey reports update.'

export function checkReports(facts: ReportFacts): Finding {
  const { now, oldestBehindAt, behind, detectorsBehindAt, compared, differing } = facts
  const isLate = (at: Instant | null) => at !== null && between(at, now) > tolerated
  if (differing > 0) {
    return failed(
      'reports',
      `${differing} of ${compared} numbers of the last days are not what the event log adds up to.`,
      'Run latchkey reports recount to see which, and latchkey reports rebuild to count them again from the log.',
    )
  }
  if (isLate(oldestBehindAt)) {
    return warning('reports', `Numbers over time are about ${behind} events behind.`, keptBack)
  }
  if (detectorsBehindAt !== null && isLate(detectorsBehindAt)) {
    const since = toIso(detectorsBehindAt)
    return warning('reports', `Detectors have looked at nothing that happened since ${since}.`, keptBack)
  }
  return ok('reports', `${compared} numbers of the last days equal a recount of the event log.`)
}
