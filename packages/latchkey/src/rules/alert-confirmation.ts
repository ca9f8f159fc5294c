import type { Alert } from '../model/alert.ts'
import type { Session } from '../model/session.ts'

/**
 * Whether "this was me" means anything when it is said in that session. Whoever got into an account could say it in the
 * session that the alert is about, or in one that they began after it.
 */
export function mayConfirm(
  { sessionId, firstAt }: Pick<Alert, 'sessionId' | 'firstAt'>,
  session: Pick<Session, 'id' | 'createdAt'>,
): boolean {
  return session.id !== sessionId && session.createdAt < firstAt
}
