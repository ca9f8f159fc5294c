import type { Page, PageRequest } from '../foundation/page.ts'
import type { Session } from '../model/session.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { SessionAnalytics, SessionTotals } from '../model/session-statistics.ts'
import type { SessionPolicy } from '../rules/session-policy.ts'
import type { AlertOperations } from './alert-operations.ts'
import type { AuditOperations } from './audit-operations.ts'
import type { BulkOperations } from './bulk-operations.ts'
import type { CacheState } from './cache-state.ts'
import type { ChangeOptions, RequestOptions } from './change-options.ts'
import type { SessionConditions } from './check-filter.ts'
import type { CleanupState } from './cleanup-sessions.ts'
import type { CreatedSession, NewSession } from './create-session.ts'
import type { CutOffOperations } from './cut-offs.ts'
import type { DetectionOperations } from './detection-operations.ts'
import type { DeviceOperations } from './devices.ts'
import type { Forgettable } from './forgettable.ts'
import type { EndManyOptions, EndOneOptions } from './invalidate-sessions.ts'
import type { ObservedChanges } from './noted-changes.ts'
import type { PlaceKnowledge } from './place-data.ts'
import type { Renewal } from './renew-session.ts'
import type { ReportOperations } from './report-operations.ts'
import type { Verification, VerifyOptions } from './verification.ts'

/** Everything that can be done with sessions. Made by `createSessions`. */
export interface Sessions
  extends DeviceOperations,
    CutOffOperations,
    AuditOperations,
    AlertOperations,
    DetectionOperations,
    BulkOperations,
    ReportOperations {
  readonly policy: SessionPolicy
  /** What `verifySession` compares with the sign-in where it is told; by the detectors that there are. */
  readonly observedChanges: ObservedChanges

  /** Adds a session. Durable when it resolves. Throws `invalid-argument` naming the field at fault. */
  createSession(request: NewSession): Promise<CreatedSession>
  /** Whether the token is that of a live session. Never throws for a bad token; throws only when the storage is away. */
  verifySession(token: string, options?: VerifyOptions): Promise<Verification>
  /**
   * The answer of `verifySession` where it can be had at once, without the storage; null where it cannot: ask
   * `verifySession` then. For servers that want no promise on the way of each request. Never throws.
   */
  verifyCached(token: string, options?: VerifyOptions): Verification | null
  /** The session of that id, live or not; null where there is none. */
  getSession(id: string): Promise<Session | null>
  /** The user's live sessions, newest activity first; at most 1,000. */
  getActiveSessionsByUser(userId: string): Promise<readonly Session[]>
  getSessionCountByUser(userId: string): Promise<number>
  getSessionAnalytics(userId: string): Promise<SessionAnalytics>
  /** True when this call ended it; false when there is none, or it had ended, or it is not `ofUser`'s. */
  invalidateSession(id: string, options?: EndOneOptions): Promise<boolean>
  /** How many this call ended. */
  invalidateAllUserSessions(userId: string, options?: EndManyOptions): Promise<number>
  /**
   * Gives a live session a new token after its user has proved something anew, or may do other things than before; null
   * when it is not live any more. The old token is good for what it proved, for requests that were on their way, until
   * 5 s after the new one is first used, and for 30 s at most. With `cause: 'factor'` a complete session takes the place of a
   * `pending` one: it has an id of its own, and rejects with `session-limit-reached` where the policy has no room for it.
   */
  renewSession(id: string, renewal: Renewal): Promise<CreatedSession | null>
  /**
   * Gives the session of a token a new one, for which it was time. Any number of calls with one token, at once or within
   * 30 s and before the new one is used, on any node, bring the same. Null when the token is not good for it any more.
   */
  rotateSession(token: string, options?: RequestOptions): Promise<CreatedSession | null>

  /** What places come from, with what is due to those who made it; null without the option `places`. Costs nothing. */
  placeData(): PlaceKnowledge | null

  /** Sessions of all users, newest first. A condition on `deviceId` needs one on `userId`. */
  listSessions(filter: SessionConditions, page: PageRequest): Promise<Page<Session>>
  countSessions(filter: SessionConditions): Promise<number>
  /** Totals over every user; costs the same at any size. */
  getTotals(): Promise<SessionTotals>

  /** Ends sessions past their deadline, all of them, in bounded steps; returns how many. Runs by itself, too. */
  cleanupExpiredSessions(): Promise<number>
  /**
   * Forgets sessions that ended longer ago than the policy's retention; returns how many. With them go addresses,
   * user agents, fingerprints and devices whose own time is over. Runs by itself, too.
   */
  forgetEndedSessions(): Promise<number>
  /**
   * Forgets everything about a user, for good: sessions, live ones included, their history, and what totals
   * counted of them. Tokens are `unknown` from then on. Returns how many sessions were on record. End the
   * user's sessions first where live pages are to hear of it: the forgetting itself leaves no event.
   */
  forgetUser(userId: string, options?: ChangeOptions): Promise<number>
  /** What retention would forget now, by kind; forgets nothing. */
  forgettable(): Promise<readonly Forgettable[]>
  getCleanupState(): Promise<CleanupState>
  /** How the cache of this process stands, and what waits in it; for metrics. Costs nothing. */
  getCacheState(): CacheState

  /**
   * Calls `receive` with each event from now on, in order, once. Returns what ends the subscription.
   *
   * "Now" is later for what other nodes change than for what this process does: it is when the log has been asked
   * where it ends, after a moment, or once the storage is back. Then `begun` is called, once; also where it is closed
   * before. Whoever read something before that and goes by events since reads it again there.
   */
  subscribe(receive: (event: SessionEvent) => void, begun?: () => void): () => void

  /** Resolves when the storage answers; rejects otherwise. */
  ping(): Promise<void>
  /** Writes what is noted, ends the work in the background and closes the storage. */
  close(): Promise<void>
}
