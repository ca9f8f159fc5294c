import { type Finding, failed, ok, skipped } from './finding.ts'

/** What the counter says, and the rows. */
export interface CounterFacts {
  readonly counted: number
  readonly recounted: number
  /** Sessions began or ended meanwhile: a difference says nothing. */
  readonly hasChanged: boolean
}

export function checkCounters(facts: CounterFacts): Finding {
  if (facts.recounted === facts.counted) {
    return ok('counters', `The counter of active sessions equals a recount of the rows: ${facts.recounted}.`)
  }
  if (facts.hasChanged) {
    return skipped('counters', 'Sessions came and went while they were counted; try again at a quieter time.')
  }
  return failed(
    'counters',
    `The counter of active sessions says ${facts.counted}, a recount of the rows ${facts.recounted}.`,
    'Somebody changed the table user_sessions from outside of Latchkey. Totals and metrics are off by the difference; what users see is counted from the rows and is right. Restore the last backup, or report it with the output of latchkey doctor --json.',
  )
}
