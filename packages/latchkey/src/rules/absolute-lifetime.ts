import { after, type Duration, earlier, type Instant } from '../foundation/time.ts'
import type { SessionFacts } from '../model/session.ts'
import type { SessionPolicy } from './session-policy.ts'

/** The deadline that is written down at sign-in. */
export function deadlineAtSignIn(now: Instant, lifetime: Duration | null, policy: SessionPolicy): Instant {
  return after(now, lifetime ?? policy.absoluteLifetime)
}

/**
 * The deadline under the policy of now. A policy that was tightened after the sign-in brings it forward, one
 * that was loosened does not move it: nobody gains time that they were not given.
 */
export function absoluteDeadline(record: SessionFacts, policy: SessionPolicy): Instant {
  if (record.lifetime !== null) return record.expiresAt
  return earlier(record.expiresAt, after(record.createdAt, policy.absoluteLifetime))
}
