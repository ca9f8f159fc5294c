import { before, type Instant } from '../foundation/time.ts'
import type { SessionFacts } from '../model/session.ts'
import type { LivenessBounds } from '../model/session-filter.ts'
import { absoluteDeadline } from './absolute-lifetime.ts'
import { idleDeadline } from './idle-timeout.ts'
import { activityResolution, type SessionPolicy } from './session-policy.ts'
import { type TermsInForce, termsFor } from './session-terms.ts'

/**
 * `live`, or what keeps it from being so. `ended`: somebody or something ended it; the record says why. `cut-off`: it
 * was created no later than a cut-off that concerns it.
 */
export type SessionStatus = 'live' | 'expired' | 'idle' | 'ended' | 'cut-off'

/** Says whether a session is alive, under the policy of now. At the very instant of a deadline it no longer is. */
export function sessionStatus(record: SessionFacts, policy: SessionPolicy, now: Instant): SessionStatus {
  return statusUnder(record, termsFor(policy, record), now)
}

/** The one place that says it; for those who know the terms of the session already. */
export function statusUnder(record: SessionFacts, terms: TermsInForce, now: Instant): SessionStatus {
  if (record.invalidatedAt !== null) return 'ended'
  if (record.notBefore !== null && record.createdAt <= record.notBefore) return 'cut-off'
  if (absoluteDeadline(record, terms) <= now) return 'expired'
  const idle = idleDeadline(record, terms)
  return idle !== null && idle <= now ? 'idle' : 'live'
}

/**
 * The same answer as instants for a store to compare, for records that hold what rules grant them (`rules/grant`); of
 * those that were written under looser rules, some too many. A property test holds the two together.
 */
export function livenessBounds(policy: SessionPolicy, now: Instant): LivenessBounds {
  const idleSince = before(now, activityResolution)
  return {
    expiresAfter: now,
    createdAfter: before(now, policy.absoluteLifetime),
    activeAfter: policy.idleTimeout === null ? null : before(idleSince, policy.idleTimeout),
    idleSince,
  }
}
