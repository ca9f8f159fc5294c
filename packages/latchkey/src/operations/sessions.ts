import type { Page, PageRequest } from '../foundation/page.ts'
import type { Clock, Duration } from '../foundation/time.ts'
import type { Actor, Session } from '../model/session.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { SessionFilter } from '../model/session-filter.ts'
import type { SessionAnalytics, SessionTotals } from '../model/session-statistics.ts'
import type { SignalSource } from '../ports/signal-source.ts'
import type { Storage } from '../ports/storage.ts'
import type { SessionPolicy } from '../rules/session-policy.ts'
import type { CleanupState } from './cleanup-sessions.ts'
import type { CreatedSession, NewSession } from './create-session.ts'
import type { EndManyOptions, EndOneOptions } from './invalidate-sessions.ts'
import type { Verification, VerifyOptions } from './verify-session.ts'

export interface SessionsOptions {
  /** Where sessions are kept: `sqliteStorage('app.db')`, `memoryStorage()`, … It is opened here and closed by `close`. */
  readonly storage: Storage
  /** Absolute lifetime of sessions that ask for none. Default `days(30)`. */
  readonly absoluteLifetime?: Duration
  /** How long a session may go unused; null: as long as it lasts. Default `days(7)`. */
  readonly idleTimeout?: Duration | null
  /** How long ended sessions stay on record; null: for ever. Default `days(90)`. */
  readonly retention?: Duration | null
  /** What is learned about a device from a request, later ones winning. Default: none; `latchkey/signals` has some. */
  readonly signals?: readonly SignalSource[]
  /** At least 32 bytes, the same in every process; only `idempotencyKey` needs it. Default: none. */
  readonly secret?: Uint8Array
  /** `memory`: verified sessions are kept in memory as long as they are provably current; `none`: the storage is read each time. Default `memory`. */
  readonly cache?: 'memory' | 'none'
  /** How many sessions the cache holds, about 500 B each. Default 100,000. */
  readonly cacheSize?: number
  /** Whether cleanup and retention run by themselves. Default `automatic`. */
  readonly cleanup?: 'automatic' | 'by-command'
  /** Told of failures in the background, where no caller is waiting. Default: `process.emitWarning`. */
  readonly onBackgroundError?: (error: unknown, task: string) => void
  /** Default: the machine's. */
  readonly clock?: Clock
}

/** Everything that can be done with sessions. Made by `createSessions`. */
export interface Sessions {
  readonly policy: SessionPolicy

  /** Adds a session. Durable when it resolves. Throws `invalid-argument` naming the field at fault. */
  createSession(request: NewSession): Promise<CreatedSession>
  /** Whether the token is that of a live session. Never throws for a bad token; throws only when the storage is away. */
  verifySession(token: string, options?: VerifyOptions): Promise<Verification>
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
  /** Gives a live session a new token after its user has proved who they are again; null when it is not live any more. The old token is `unknown` from then on. */
  renewSession(
    id: string,
    renewal: { readonly amr: readonly string[]; readonly by?: Actor },
  ): Promise<CreatedSession | null>

  /** Sessions of all users, newest first. */
  listSessions(filter: Partial<SessionFilter>, page: PageRequest): Promise<Page<Session>>
  countSessions(filter: Partial<SessionFilter>): Promise<number>
  /** Totals over every user; costs the same at any size. */
  getTotals(): Promise<SessionTotals>

  /** Ends sessions past their deadline, all of them, in bounded steps; returns how many. Runs by itself, too. */
  cleanupExpiredSessions(): Promise<number>
  /** Forgets sessions that ended longer ago than the policy's retention; returns how many. Runs by itself, too. */
  forgetEndedSessions(): Promise<number>
  getCleanupState(): Promise<CleanupState>

  /** Calls `receive` with each event from now on, in order, once. Returns what ends the subscription. */
  subscribe(receive: (event: SessionEvent) => void): () => void

  /** Resolves when the storage answers; rejects otherwise. */
  ping(): Promise<void>
  /** Writes what is noted, ends the work in the background and closes the storage. */
  close(): Promise<void>
}
