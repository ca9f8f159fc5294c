import type { Page, PageRequest } from '../foundation/page.ts'
import type { Instant } from '../foundation/time.ts'
import type { DeviceRecord } from '../model/device.ts'
import type { Actor, ChangeOrigin, Ending, Grant, Seen, SessionRecord, SessionRef } from '../model/session.ts'
import type { Replacing, SessionEvent } from '../model/session-event.ts'
import type { LivenessBounds, SessionQuery, SessionSelection } from '../model/session-filter.ts'
import type { SessionId } from '../model/session-token.ts'
import type { Sighting } from '../model/sighting.ts'

/** What else happens in the step that adds a session. */
export interface InsertPlan {
  /** Who creates it; stands in the event. */
  readonly actor: Actor
  /** The id of the request that asked for it; stands in the event. Null where there is none. */
  readonly request: string | null
  /** What was seen of its user; stands in the event. Null where nothing is noted. */
  readonly sighting: Sighting | null
  /** How many live sessions its user may have with it; null: any number. */
  readonly limit: SessionLimit | null
  /** The pending session that this one completes; null: none. */
  readonly completes: Completion | null
  /** Ended in the same step, with the reason `replaced`, when it is a session of the same user that has not ended; null: nothing gives way. */
  readonly replaces: SessionId | null
  /** The device of the session, added or seen again in the same step; null: none. Its id is the record's `deviceId`. */
  readonly device: DevicePlan | null
  /** Makes the call repeatable; null: each call adds a session. */
  readonly idempotency: IdempotencyClaim | null
}

/**
 * A session whose user owed a factor and has given it: it ends in the same step, with the reason `replaced`, and
 * `session.created` says so. Where it is not a pending session of the same user, live by the bounds, nothing is changed: of
 * any number of concurrent inserts that complete one session exactly one is made.
 */
export interface Completion {
  readonly id: SessionId
  readonly bounds: LivenessBounds
}

/** A limit of sessions for one user, and what happens where one more would pass it. */
export interface SessionLimit {
  /**
   * At least 1; of live sessions by the bounds, the new one included, after what else gives way. Pending ones are not
   * counted and do not end for it: whoever knows but a password could push others out.
   */
  readonly most: number
  /**
   * `reject`: the insert changes nothing. `end-oldest`: those created first end with the reason `session-limit`, as many
   * as it takes; `end-least-recent`: those used longest ago, one that was never used counting from its creation; of two
   * that are as old the one with the lower id. They are among `replaced`. Exact among concurrent inserts for one user:
   * there are never more than `most`.
   */
  readonly atLimit: 'reject' | 'end-oldest' | 'end-least-recent'
  readonly bounds: LivenessBounds
}

/** What becomes of a device with a new session on it. */
export interface DevicePlan {
  /**
   * Added as it is, with `device.added`, where there is no device of its id. Otherwise, where it is known, the one on
   * record takes its `deviceInfo`, and its `lastSeenAt` where that is later; nothing else of it, and no event is written.
   */
  readonly record: DeviceRecord
  /**
   * `new`: the id was made for this very insert, so that no device and no session can have it, and a store need not
   * look for them. Where a device has it all the same, the insert is refused with `storage-failed` and nothing is
   * changed. `known`: the device was on record; it may have been forgotten since, and is added again then.
   */
  readonly knowledge: 'new' | 'known'
  /**
   * `end-earlier`: the sessions of the device that have not ended end with the reason `replaced`, so that of any
   * number of concurrent inserts on one device exactly one stays. `keep-earlier`: they go on.
   */
  readonly sessions: 'end-earlier' | 'keep-earlier'
}

/** Which of a session's facts are forgotten before the session is. */
export type FadingFact = 'ipAddress' | 'userAgent'

/** A caller's key, by which a store knows a repeated insert. */
export interface IdempotencyClaim {
  /** SHA-256 of the caller's key, 32 bytes: the key itself is nobody's business. */
  readonly keyHash: Uint8Array
  /** A keyed hash of what was asked for, 32 bytes. */
  readonly requestHash: Uint8Array
  /** A claim made before this one's `forgetBefore` counts no more and is overwritten. */
  readonly forgetBefore: Instant
}

/** What came of an insert. */
export type InsertOutcome =
  /** `replaced`: what it ended, for whichever reason. */
  | { readonly kind: 'inserted'; readonly replaced: readonly SessionRef[] }
  /** The same key with the same request came before: this is what it made, as it is now. Nothing was changed. */
  | { readonly kind: 'repeated'; readonly record: SessionRecord }
  /** The same key came before with another request, or what it made has been forgotten. Nothing was changed. */
  | { readonly kind: 'conflict' }
  /** What it was to complete is not pending, or not live any more. Nothing was changed. */
  | { readonly kind: 'not-pending' }
  /** Its user has as many as the limit allows. Nothing was changed. */
  | { readonly kind: 'limit-reached' }
  /**
   * A cut-off at or after its `createdAt` concerns it: a user who is disabled, say. Nothing was changed. One that is set
   * while the insert is under way need not be seen: then the session is over from its first read on.
   */
  | { readonly kind: 'cut-off'; readonly notBefore: Instant }

/**
 * Where sessions are kept: the only authority on them. A new one is proved by `sessionStoreContract` from
 * `latchkey/testing`, on the real engine.
 *
 * Every method is one atomic step: it happens as a whole or not at all, and when it has resolved it is durable
 * and seen by every later call on every connection. Every change writes its events (`model/session-event`) in
 * the same step. A method rejects with a `LatchkeyError` only when the storage is away or broken; then nothing
 * was changed as far as the store can tell, save for `storage-unavailable`, after which a change may have been made.
 *
 * A store compares the instants that it is given. It reads no clock and knows no policy. Wherever it brings a record, it
 * brings the latest cut-off that concerns it (`notBefore`), and wherever it counts what is live, it heeds that, too.
 */
export interface SessionStore {
  /** Adds a session and does what the plan says, in one step. Writes `session.created`, and `session.ended` for what gave way. */
  insert(record: SessionRecord, plan: InsertPlan): Promise<InsertOutcome>

  /** The session of that id, live or not; null when there never was one or it has been forgotten. One primary-key read. */
  find(id: SessionId): Promise<SessionRecord | null>

  /**
   * Puts `next` in the place of the record with the same id, when that one has the version `next.version - 1`
   * and has not ended. False, and nothing changed, otherwise. Of concurrent calls for one version exactly one
   * is told true. The fields that say how a session ended are left alone, and so are the
   * address with its key and the user agent: what has faded since `next` was read does not come back. Writes
   * `session.renewed`, except for a `confirmation`; for a `challenge` `session.challenged`.
   */
  replace(next: SessionRecord, replacing: Replacing): Promise<boolean>

  /**
   * Records uses in one step. Forward only: an older instant than the one on record is ignored, and so are
   * sessions that have ended or do not exist. Writes no event.
   */
  touch(seen: readonly Seen[]): Promise<void>

  /**
   * Brings deadlines forward in one step, where they are later than that; never back. Sessions that have ended or do not
   * exist are passed over. Writes no event: the policy's change has its own.
   */
  tighten(grants: readonly Grant[]): Promise<void>

  /** Ends those of the selected sessions that have not ended yet, in one statement; returns them. Writes `session.ended` for each. */
  invalidate(selection: SessionSelection, ending: Ending): Promise<readonly SessionRef[]>

  /**
   * Newest first by `createdAt`, then by id. Sessions created while one turns the pages neither repeat nor hide others.
   * Rejects with `invalid-argument`, field `cursor`, for a cursor that no page of this store came with.
   */
  list(query: SessionQuery, page: PageRequest): Promise<Page<SessionRecord>>

  /** How many sessions `list` would bring in all. Given a `userId`, its cost depends on that user's sessions only. */
  count(query: SessionQuery): Promise<number>

  /**
   * Ends at most `limit` sessions that are not live and have not ended: with the reason `revoked` those that a cut-off
   * concerns, with `expired` those whose `expiresAt` or `createdAt` is the cause, with `idle-timeout` the rest; by
   * `system`. Returns
   * them; fewer than `limit` means that there are no more. Verifying goes on meanwhile.
   */
  cleanup(bounds: LivenessBounds, at: Instant, limit: number): Promise<readonly SessionRef[]>

  /**
   * Forgets at most `limit` sessions that ended before the instant; their claims of idempotency go with them.
   * `SessionStatistics` goes on counting them. Returns how many were forgotten; fewer than `limit` means that
   * there are no more.
   */
  forget(endedBefore: Instant, limit: number): Promise<number>

  /**
   * Sets the fact to null in at most `limit` of the sessions created from `from` on and before `before`, the
   * oldest first, `addressKey` together with the address. Returns the `createdAt` of the last of them, from
   * which another call goes on; null when there are no more. Writes no event.
   */
  fade(fact: FadingFact, from: Instant, before: Instant, limit: number): Promise<Instant | null>

  /**
   * Forgets everything about a user: their devices, their sessions, live ones included, with claims and events, and what
   * statistics and totals counted of them, and their cut-offs. Events about the user, or by `user:<id>` or `admin:<id>`,
   * become `event.erased`, and their history, alerts and mutes are forgotten: `position` and `at` stay, the actor becomes `system`, `digest` is what `digestOf` makes of
   * the event, and nothing else is left, so that nothing names the user and the chain still holds. Writes
   * `user.forgotten`, which does not say whom. Returns the sessions that were on record.
   */
  forgetUser(
    userId: string,
    origin: ChangeOrigin,
    digestOf: (event: SessionEvent) => Uint8Array,
  ): Promise<readonly SessionRef[]>
}
