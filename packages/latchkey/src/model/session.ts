import type { Duration, Instant } from '../foundation/time.ts'
import type { AssuranceLevel } from './assurance-level.ts'
import type { DeviceId } from './device.ts'
import type { DeviceInfo } from './device-info.ts'
import type { Place } from './place.ts'
import type { SessionId } from './session-token.ts'
import type { Rotation } from './token-rotation.ts'

/**
 * Why a session ended. `logout`: its user signed out in it. `expired`: its absolute lifetime passed.
 * `idle-timeout`: nobody used it for too long. `revoked`: somebody ended it from elsewhere, or a cut-off did.
 * `replaced`: a new session took its place. `session-limit`: its user signed in once more than the policy allows.
 * `token-reuse`: a token came that had been replaced by a newer one, so that two hold what one should.
 * `network-change`: it was used from another network than it was created in, and the policy binds it to that.
 */
export const endReasons = [
  'logout',
  'expired',
  'idle-timeout',
  'revoked',
  'replaced',
  'session-limit',
  'token-reuse',
  'network-change',
] as const

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
  /** The idle timeout that a rule of the policy set at sign-in, where that is stricter than everybody's; null: everybody's. */
  readonly idleTimeout: Duration | null
  /** When the user last proved who they are. */
  readonly authenticatedAt: Instant
  /** How, as RFC 8176 names (`pwd`, `otp`, …). */
  readonly amr: readonly string[]
  /** What its user may do, in the application's own words, as far as rules of the policy ask for it. */
  readonly roles: readonly string[]
  /** Whether its device was trusted at sign-in. */
  readonly deviceTrust: DeviceTrust
  /** `pending`: its user still owes a factor; until then it is good for nothing but to be completed. */
  readonly stage: SessionStage
  /** Of a pending session the one that ends once it is completed, the browser's before; null: none, and of a complete one. */
  readonly succeeds: SessionId | null
  /** When its user was asked to prove anew who they are; it stands until `authenticatedAt` is later. Null: never. */
  readonly challengedAt: Instant | null
  /** Null while it has the token that it was created with. */
  readonly rotation: Rotation | null
  /**
   * The latest of the cut-offs that concern it (its user's, its device's, everybody's) when it was read; null: none.
   * No column of its own: stores look it up with each read and pass it over on each write.
   */
  readonly notBefore: Instant | null
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
  /** As `addressKey`, of its network in CIDR notation, /24 or /48. Null of sessions of earlier versions, too. */
  readonly rangeKey: string | null
  readonly userAgent: string | null
}

/** What of a record is judged and shown. The rest is for stores, and for proving who holds the token. */
export type SessionFacts = Omit<
  SessionRecord,
  'shard' | 'secretHash' | 'version' | 'addressKey' | 'rangeKey' | 'rotation' | 'succeeds'
>

/** Of the device at sign-in: `untrusted` also where none is known. */
export type DeviceTrust = 'trusted' | 'untrusted'

/** Whether everything is proved that the application asks for. */
export type SessionStage = 'complete' | 'pending'

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

/** What an event says of how a change came about. */
export interface ChangeOrigin {
  readonly at: Instant
  readonly by: Actor
  /** The id of the request that asked for it, as in the log and in answers; null where there is none. */
  readonly request: string | null
}

/** How sessions are ended. */
export interface Ending extends ChangeOrigin {
  readonly reason: EndReason
}

/** A deadline that is tightened: what a stricter policy grants a session that was created under a looser one. */
export interface Grant {
  readonly id: SessionId
  readonly expiresAt: Instant
  readonly idleTimeout: Duration | null
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
  /** What sets `expiresAt`: `default`, the name of a rule, or `requested` where its creator asked for that length. */
  readonly expiresBy: string
  /** What sets `idleExpiresAt`: `default` or the name of a rule; null without an idle timeout. */
  readonly idleExpiresBy: string | null
  readonly authenticatedAt: Instant
  readonly amr: readonly string[]
  /** By `amr`: of NIST SP 800-63B-4 at most; null where nothing is stated. */
  readonly assurance: AssuranceLevel | null
  readonly roles: readonly string[]
  readonly deviceTrust: DeviceTrust
  readonly stage: SessionStage
  /** Its user has to prove anew who they are (`reauthentication`) before anything that asks for a recent proof. */
  readonly reauthenticationRequired: boolean
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
