import { type Finding, ok, warning } from './finding.ts'

export interface DeadlineFacts {
  /** Past their deadline and still marked active, counted up to `limit`. */
  readonly overdue: number
  readonly limit: number
}

/** Such sessions are refused all the same: verifying looks at the deadline, not at the mark. */
export function checkDeadlines(facts: DeadlineFacts): Finding {
  if (facts.overdue === 0) return ok('deadlines', 'No session past its deadline is marked active.')
  const count = facts.overdue >= facts.limit ? `${facts.limit} or more` : String(facts.overdue)
  return warning(
    'deadlines',
    `Sessions past their deadline and still marked active: ${count}. None of them is accepted any more; only totals count them.`,
    'The next cleanup ends them; latchkey cleanup does it now.',
  )
}
