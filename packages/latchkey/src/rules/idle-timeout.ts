import { after, type Instant } from '../foundation/time.ts'
import type { SessionFacts } from '../model/session.ts'
import { activityResolution, type SessionPolicy } from './session-policy.ts'

/**
 * When the session ends unless it is used before; null without an idle timeout. The last use on record may be
 * up to `activityResolution` behind the real one, so that much is granted: never early, a minute late at most.
 */
export function idleDeadline(record: SessionFacts, policy: SessionPolicy): Instant | null {
  if (policy.idleTimeout === null) return null
  return after(after(record.lastAccessedAt ?? record.createdAt, policy.idleTimeout), activityResolution)
}
