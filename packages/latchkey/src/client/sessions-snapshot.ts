import type { EndReasonOnWire, UserSession } from '../http-api/wire-types.ts'
import type { SessionServiceError } from './session-service-error.ts'

/** What is known about the user's sessions at a moment. The same object until something changes. */
export interface SessionsSnapshot {
  /** `error`: the last attempt failed; `sessions` holds what was known before. `signed-out`: this session is over. */
  readonly state: 'loading' | 'ready' | 'error' | 'signed-out'
  /** Newest activity first. */
  readonly sessions: readonly UserSession[]
  readonly totalCount: number
  /** How changes arrive: at once, by asking every few seconds, or not at all. */
  readonly live: 'stream' | 'polling' | 'off'
  readonly error: SessionServiceError | null
  /** Why this session ended, where that is known; `logout` when it was ended from this very list. */
  readonly endReason: EndReasonOnWire | null
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

export function signedOut(endReason: EndReasonOnWire | null): SessionsSnapshot {
  return { ...initialSnapshot, state: 'signed-out', endReason }
}
