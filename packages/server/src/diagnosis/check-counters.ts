import { type Finding, failed, ok, skipped } from './finding.ts'

/** The counter was read before and after the rows were counted: when the two differ, somebody was signing in or out. */
export interface CounterFacts {
  readonly before: number
  readonly recounted: number
  readonly after: number
}

export function checkCounters(facts: CounterFacts): Finding {
  if (facts.before !== facts.after) {
    return skipped('counters', 'Sessions came and went while they were counted; try again at a quieter time.')
  }
  if (facts.recounted === facts.before) {
    return ok('counters', `The counter of active sessions equals a recount of the rows: ${facts.recounted}.`)
  }
  return failed(
    'counters',
    `The counter of active sessions says ${facts.before}, a recount of the rows ${facts.recounted}.`,
    'Somebody changed the table user_sessions from outside of Latchkey. Totals and metrics are off by the difference; what users see is counted from the rows and is right. Restore the last backup, or report it with the output of latchkey doctor --json.',
  )
}
