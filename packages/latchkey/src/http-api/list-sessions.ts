import type { Sessions } from '../operations/sessions.ts'
import { toUserSession } from './user-session.ts'
import type { SessionsResponse } from './wire-types.ts'

/** The longest list that `getActiveSessionsByUser` brings. */
const longestList = 1_000

/** A user's live sessions with how many there are in all, which a full list leaves open. */
export async function listSessions(
  sessions: Sessions,
  userId: string,
  currentId: string | null,
): Promise<SessionsResponse> {
  const live = await sessions.getActiveSessionsByUser(userId)
  const isWhole = live.length < longestList
  return {
    sessions: live.map((session) => toUserSession(session, currentId)),
    total_count: isWhole ? live.length : await sessions.getSessionCountByUser(userId),
  }
}
