import { between, type Duration, type Instant } from '../foundation/time.ts'
import type { Session, SessionFacts } from '../model/session.ts'
import type { SessionPolicy } from './session-policy.ts'
import { termsFor } from './session-terms.ts'

/** Whether a user proved recently enough who they are, for a window; null: any time is. At its very end it no longer is. */
export function isRecentlyAuthenticated(
  authenticatedAt: Instant,
  window: Duration | null,
  now: Instant,
): boolean {
  return window === null || between(authenticatedAt, now) < window
}

/** Whether its user was asked to prove anew who they are, and has not since. In the same millisecond the question counts. */
export function isChallenged({
  challengedAt,
  authenticatedAt,
}: Pick<SessionFacts, 'challengedAt' | 'authenticatedAt'>): boolean {
  return challengedAt !== null && challengedAt >= authenticatedAt
}

/** How old the last authentication of a session may be for what asks for a recent one; null: any age. */
export function reauthenticationWindow(
  policy: SessionPolicy,
  session: Pick<Session, 'roles' | 'deviceTrust' | 'amr'>,
): Duration | null {
  return termsFor(policy, session).reauthenticationWindow.value
}
