import type { Instant } from '../foundation/time.ts'
import type { DeviceType } from './device-info.ts'
import type { SessionId } from './session-token.ts'

/**
 * The liveness predicate as instants that a store can compare. A session that has not ended is live when all
 * of these hold: `expiresAt > expiresAfter`; its lifetime was asked for by the caller or
 * `createdAt > createdAfter`; `activeAfter` is null or `lastAccessedAt ?? createdAt > activeAfter`.
 */
export interface LivenessBounds {
  readonly expiresAfter: Instant
  readonly createdAfter: Instant
  /** Null when there is no idle timeout. */
  readonly activeAfter: Instant | null
}

/** Which sessions a list or a count is about. A condition that is null is no condition; all must hold. */
export interface SessionFilter {
  readonly userId: string | null
  readonly deviceType: DeviceType | null
  readonly ipAddress: string | null
  /** `live`: by the bounds; `ended`: everything else; null: both. */
  readonly state: 'live' | 'ended' | null
  /** Sessions whose user id, session id or address begins with `text`, or whose user is one of `userIds`. */
  readonly search: { readonly text: string; readonly userIds: readonly string[] } | null
}

/** A filter together with the instants that say what is live. */
export interface SessionQuery extends SessionFilter {
  readonly bounds: LivenessBounds
}

export const everySession: SessionFilter = {
  userId: null,
  deviceType: null,
  ipAddress: null,
  state: null,
  search: null,
}

/** Which sessions an ending is about. Only those that have not ended yet are touched. */
export type SessionSelection =
  /** One session, and only when it is this user's; null: whoever's it is. */
  | { readonly kind: 'session'; readonly id: SessionId; readonly userId: string | null }
  /** Every session of a user but one; null: without exception. */
  | { readonly kind: 'user'; readonly userId: string; readonly except: SessionId | null }
