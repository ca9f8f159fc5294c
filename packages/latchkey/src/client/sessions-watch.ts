import type { RevokeSessionResponse, RevokeSessionsResponse } from '../http-api/wire-types.ts'
import type { SessionsSnapshot } from './sessions-snapshot.ts'
import type { Surroundings } from './surroundings.ts'

/** How a live list keeps itself current. */
export interface WatchOptions {
  /** How often to ask while there is no stream, in milliseconds. Default 15,000. */
  readonly pollInterval?: number
  /** Default: the browser's timers and page. */
  readonly surroundings?: Surroundings
}

/**
 * The user's sessions as a list that keeps itself current. It works while somebody is subscribed: the first
 * subscriber starts it, and when the last one leaves it stops and forgets what it knew, so that the next user
 * of the page never sees the one before.
 */
export interface SessionsWatch {
  getSnapshot(): SessionsSnapshot
  /** Told after each change. Returns what ends the subscription. */
  subscribe(listener: () => void): () => void
  /** Asks again now. Calls that meet share a request. Never rejects: a failure stands in the snapshot. */
  refresh(): Promise<void>
  /** Ends one session; one that is gone already is no error (`revoked` is false then). Rejects with `SessionServiceError`. */
  revokeSession(sessionId: string): Promise<RevokeSessionResponse>
  /** Ends all but this one. Rejects with `SessionServiceError`. */
  revokeOtherSessions(): Promise<RevokeSessionsResponse>
  /** Ends all, this one included. Rejects with `SessionServiceError`. */
  revokeAllSessions(): Promise<RevokeSessionsResponse>
  /** Stops it for good. */
  close(): void
}
