import type { Session } from 'latchkey'
import type { ManagedSession } from 'latchkey/http'
import type { RouteContext } from '../route-context.ts'

/** Sessions as an administrator sees them, with the e-mail addresses of those who have accounts here. */
export async function managedSessions(
  { program, tools }: RouteContext,
  sessions: readonly Session[],
  currentId: string,
): Promise<ManagedSession[]> {
  const emails = await program.accounts.emailsOf([...new Set(sessions.map(({ userId }) => userId))])
  return sessions.map((session) =>
    tools.toManagedSession(session, emails.get(session.userId) ?? null, currentId),
  )
}
