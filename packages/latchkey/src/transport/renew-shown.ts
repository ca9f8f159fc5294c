import type { Session } from '../model/session.ts'
import type { CreatedSession } from '../operations/create-session.ts'
import type { Renewal } from '../operations/renew-session.ts'
import type { Sessions } from '../operations/sessions.ts'

type RenewingSessions = Pick<Sessions, 'getSession' | 'renewSession'>

/**
 * Renews the session as a token has shown it. Null, too, for a change of privileges by a token from before a proof or
 * another such change: whoever has only that one proves nothing anew, and must not get what has come of it since.
 */
export async function renewShown(
  sessions: RenewingSessions,
  shown: Session,
  renewal: Renewal,
): Promise<CreatedSession | null> {
  if (renewal.cause === 'privilege-change' && (await isOutrun(sessions, shown))) return null
  return sessions.renewSession(shown.id, renewal)
}

async function isOutrun(sessions: RenewingSessions, shown: Session): Promise<boolean> {
  const session = await sessions.getSession(shown.id)
  if (session === null || session.authenticatedAt > shown.authenticatedAt) return true
  return !session.roles.every((role) => shown.roles.includes(role))
}
