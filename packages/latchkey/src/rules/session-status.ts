import { before, type Instant } from '../foundation/time.ts'
import type { SessionFacts } from '../model/session.ts'
import type { LivenessBounds } from '../model/session-filter.ts'
import { absoluteDeadline } from './absolute-lifetime.ts'
import { idleDeadline } from './idle-timeout.ts'
import { activityResolution, type SessionPolicy } from './session-policy.ts'

/** `live`, or what keeps it from being so. `ended`: somebody or something ended it; the record says why. */
export type SessionStatus = 'live' | 'expired' | 'idle' | 'ended'

/** The one place that says whether a session is alive. At the very instant of a deadline it no longer is. */
export function sessionStatus(record: SessionFacts, policy: SessionPolicy, now: Instant): SessionStatus {
  if (record.invalidatedAt !== null) return 'ended'
  if (absoluteDeadline(record, policy) <= now) return 'expired'
  const idle = idleDeadline(record, policy)
  return idle !== null && idle <= now ? 'idle' : 'live'
}

/** The same answer as instants for a store to compare; a property test holds the two together. */
export function livenessBounds(policy: SessionPolicy, now: Instant): LivenessBounds {
  return {
    expiresAfter: now,
    createdAfter: before(now, policy.absoluteLifetime),
    activeAfter:
      policy.idleTimeout === null ? null : before(before(now, policy.idleTimeout), activityResolution),
  }
}
