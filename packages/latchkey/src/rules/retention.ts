import { before, type Instant } from '../foundation/time.ts'
import type { SessionPolicy } from './session-policy.ts'

/** Sessions that ended before this are forgotten; null: none ever is. */
export function forgottenBefore(policy: SessionPolicy, now: Instant): Instant | null {
  return policy.retention === null ? null : before(now, policy.retention)
}
