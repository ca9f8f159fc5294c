import type { UserSession } from '../http-api/wire-types.ts'
import type { ListSnapshot } from './list-snapshot.ts'

/** What is known about the user's sessions at a moment. The same object until something changes. */
export interface SessionsSnapshot extends ListSnapshot {
  /** Newest activity first. */
  readonly sessions: readonly UserSession[]
  readonly totalCount: number
}

export const initialSnapshot: SessionsSnapshot = {
  state: 'loading',
  sessions: [],
  totalCount: 0,
  live: 'off',
  error: null,
  endReason: null,
}

export function withoutSessions(
  snapshot: SessionsSnapshot,
  isGone: (session: UserSession) => boolean,
): SessionsSnapshot {
  const sessions = snapshot.sessions.filter((session) => !isGone(session))
  const gone = snapshot.sessions.length - sessions.length
  return gone === 0 ? snapshot : { ...snapshot, sessions, totalCount: snapshot.totalCount - gone }
}
