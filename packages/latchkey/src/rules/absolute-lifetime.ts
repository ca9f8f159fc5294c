import { after, type Duration, earlier, type Instant } from '../foundation/time.ts'
import type { SessionFacts } from '../model/session.ts'
import { setByDefault, type TermsInForce } from './session-terms.ts'

type LifetimeTerms = Pick<TermsInForce, 'absoluteLifetime'>

/** What sets the deadline of a session whose creator asked for its length. */
export const setByRequest = 'requested'

/** The deadline that is written down at sign-in. */
export function deadlineAtSignIn(now: Instant, lifetime: Duration | null, terms: LifetimeTerms): Instant {
  return after(
    now,
    lifetime === null || isCapped(now, after(now, lifetime), terms) ? terms.absoluteLifetime.value : lifetime,
  )
}

/**
 * The deadline under the terms of now. Terms that were tightened after the sign-in bring it forward, loosened ones do
 * not move it: nobody gains time that they were not given. What a creator asked for wins over what everybody has,
 * and not over a rule.
 */
export function absoluteDeadline(record: SessionFacts, terms: LifetimeTerms): Instant {
  const granted = after(record.createdAt, terms.absoluteLifetime.value)
  if (record.lifetime === null || isCapped(record.createdAt, record.expiresAt, terms)) {
    return earlier(record.expiresAt, granted)
  }
  return record.expiresAt
}

/** What sets that deadline. */
export function absoluteDeadlineSetBy(record: SessionFacts, terms: LifetimeTerms): string {
  const { lifetime, createdAt } = record
  if (lifetime === null) return terms.absoluteLifetime.setBy
  const isCut = isCapped(createdAt, after(createdAt, lifetime), terms)
  return isCut ? terms.absoluteLifetime.setBy : setByRequest
}

/** Whether a rule grants less than that. */
function isCapped(createdAt: Instant, deadline: Instant, { absoluteLifetime }: LifetimeTerms): boolean {
  return absoluteLifetime.setBy !== setByDefault && after(createdAt, absoluteLifetime.value) < deadline
}
