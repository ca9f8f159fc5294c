import { type Finding, failed, ok, warning } from './finding.ts'

export interface CleanupFacts {
  /** Still marked active an hour after their deadline. */
  readonly overdueByAnHour: number
  /** Still marked active a day after it. */
  readonly overdueByADay: number
  /** Ended, and kept for a day longer than they are to be. */
  readonly keptTooLong: number
}

/** A server ends expired sessions within minutes; what has waited for an hour was waiting for nobody. */
export function checkCleanup(facts: CleanupFacts): Finding {
  const mend =
    'Start the server (latchkey serve), which cleans up by itself, or run latchkey cleanup, by cron where no server runs.'
  if (facts.overdueByADay > 0) {
    return failed(
      'cleanup',
      `No cleanup for a day or more: ${facts.overdueByADay} expired longer ago than that and still marked active.`,
      mend,
    )
  }
  if (facts.overdueByAnHour > 0) {
    return warning(
      'cleanup',
      `No cleanup in the last hour: ${facts.overdueByAnHour} expired longer ago than that and still marked active.`,
      mend,
    )
  }
  if (facts.keptTooLong > 0) {
    return warning(
      'cleanup',
      `Nothing was forgotten for a day or more: ${facts.keptTooLong} sessions are kept for longer than their retention.`,
      'Where a server is running, its log says what keeps it; otherwise start one, or run latchkey cleanup.',
    )
  }
  return ok('cleanup', 'No session has waited for a cleanup for an hour or more.')
}
