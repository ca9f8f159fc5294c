import type { Duration, Instant } from '../foundation/time.ts'
import type { Session } from '../model/session.ts'
import { isRecentlyAuthenticated, reauthenticationWindow } from '../rules/reauthentication.ts'
import type { SessionPolicy } from '../rules/session-policy.ts'

/** Whether the user of a session proved recently enough who they are. `window` null: any age will do, unless they were asked for a new proof since; left out: what the policy says. */
export function hasRecentAuthentication(
  policy: SessionPolicy,
  session: Session,
  now: Instant,
  window: Duration | null = reauthenticationWindow(policy, session),
): boolean {
  return !session.reauthenticationRequired && isRecentlyAuthenticated(session.authenticatedAt, window, now)
}
