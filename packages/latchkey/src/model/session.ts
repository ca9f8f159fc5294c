import type { Duration, Instant } from '../foundation/time.ts'
import type { DeviceId } from './device.ts'
import type { DeviceInfo } from './device-info.ts'
import type { Place } from './place.ts'
import type { SessionId } from './session-token.ts'

/**
 * Why a session ended. `logout`: its user signed out in it. `expired`: its absolute lifetime passed.
 * `idle-timeout`: nobody used it for too long. `revoked`: somebody ended it from elsewhere. `replaced`: a new
 * session took its place.
 */
export const endReasons = ['logout', 'expired', 'idle-timeout', 'revoked', 'replaced'] as const

/** One of {@link endReasons}. */
export type EndReason = (typeof endReasons)[number]

/** Who did it: `user:<id>`, `admin:<id>`, `service:<key id>`, `command-line`, or `system` for Latchkey itself. */
export type Actor = string

/** Latchkey itself: cleanup, and endings for which nobody is named. */
export const systemActor: Actor = 'system'

/** One row of `user_sessions`: facts, never conclusions. Whether it is live is for `rules/session-status`. */
export interface SessionRecord {
  readonly id: SessionId
  /** 0 to 1023, from the user id: everything about one user has one shard. */
  readonly shard: number
  readonly userId: string
  /** SHA-256 of the secret half of the token, 32 bytes. */
  readonly secretHash: Uint8Array
  /** Starts at 1 and grows by one with each `replace`. */
  readonly version: number
  readonly createdAt: Instant
  /** The last use that was recorded; null until the first one. Up to `activityResolution` behind. */
  readonly lastAccessedAt: Instant | null
  /** The absolute deadline as computed at sign-in. */
  readonly expiresAt: Instant
  /** The lifetime that the caller asked for; null when it was the policy's, which then may tighten it later. */
  readonly lifetime: Duration | null
  /** When the user last proved who they are. */
  readonly authenticatedAt: Instant
  /** How, as RFC 8176 names (`pwd`, `otp`, …). */
  readonly amr: readonly string[]
  readonly invalidatedAt: Instant | null
  readonly endReason: EndReason | null
  readonly endedBy: Actor | null
  readonly deviceInfo: DeviceInfo
  /** The device that it was created on; null where none is known. It may have been forgotten since. */
  readonly deviceId: DeviceId | null
  /** Where its address was at sign-in; null where that is unknown or not looked at. */
  readonly place: Place | null
  /** As the policy has it kept: whole, cut to its network (`192.0.2.0/24`), or null. */
  readonly ipAddress: string | null
  /** What a search for the address compares: the address itself, or its keyed hash where addresses are sealed. */
  readonly addressKey: string | null
  readonly userAgent: string | null
}

/** What of a record is judged and shown. The rest is for stores, and for proving who holds the token. */
export type SessionFacts = Omit<SessionRecord, 'shard' | 'secretHash' | 'version' | 'addressKey'>

/** Enough to name a session to a cache, a stream or a log. */
export interface SessionRef {
  readonly id: SessionId
  readonly userId: string
}

/** One use of a session, on its way into the store. */
export interface Seen {
  readonly id: SessionId
  readonly at: Instant
}

/** How sessions are ended. */
export interface Ending {
  readonly at: Instant
  readonly reason: EndReason
  readonly by: Actor
}

/** A session as the library shows it: no secret, no hash. */
export interface Session {
  readonly id: SessionId
  readonly userId: string
  readonly deviceInfo: DeviceInfo
  readonly createdAt: Instant
  /** Null until the session was used for the first time. */
  readonly lastAccessedAt: Instant | null
  /** The absolute deadline under the policy of now. */
  readonly expiresAt: Instant
  /** When it ends unless it is used before; null when the policy has no idle timeout. */
  readonly idleExpiresAt: Instant | null
  readonly isActive: boolean
  readonly authenticatedAt: Instant
  readonly amr: readonly string[]
  /** The device that it was created on; null where none is known. */
  readonly deviceId: DeviceId | null
  /** Where its address was at sign-in; null where that is unknown or not looked at. */
  readonly place: Place | null
  /** An address, or its network (`192.0.2.0/24`) where the policy keeps no more; null where it is unknown or forgotten. */
  readonly ipAddress: string | null
  readonly userAgent: string | null
  /** When it ended; null while it is live, and for one past its deadline that no cleanup has met yet. */
  readonly endedAt: Instant | null
  readonly endReason: EndReason | null
  readonly endedBy: Actor | null
}
