import type { Instant } from '../foundation/time.ts'
import type { Rollup, RollupInterval } from '../model/rollup.ts'
import type { LivenessBounds, SessionFacet, SessionQuery } from '../model/session-filter.ts'
import type { DeviceUse, SessionTotals, UserStatistics } from '../model/session-statistics.ts'

/** What a user's statistics are taken over. */
export interface StatisticsWindow {
  readonly bounds: LivenessBounds
  readonly recentSince: Instant
  readonly dailySince: Instant
}

/** What sessions are counted by, from their rows. */
export interface Tally {
  /** `created`: by `createdAt`; `ended`: by `invalidatedAt`, those that have ended only; `duration`: as `ended`, by how long they lasted. */
  readonly measure: 'created' | 'ended' | 'duration' | 'distinct-users'
  /** Null: all as one bucket, whose `start` is 0 and whose `interval` is `day`. */
  readonly interval: RollupInterval | null
  /** From that instant on, by the measure's own instant; null: from the first. */
  readonly from: Instant | null
  /** Before that one; null: to the last. */
  readonly until: Instant | null
  /** Null: one value, the empty text. `reason`: of `ended` only. `method`: as in rollups. */
  readonly by: SessionFacet | 'reason' | 'method' | null
  /** Ascending upper bounds of the buckets of `duration`, in milliseconds; what is longer is in one more. Empty of other measures. */
  readonly bounds: readonly number[]
}

/**
 * Sums over sessions, computed where they are kept. Atomicity and errors are those of `SessionStore`.
 *
 * The duration of a session runs from `createdAt` to `invalidatedAt` where somebody ended it (`logout`,
 * `revoked`, `replaced`), and to the last use on record everywhere else.
 */
export interface SessionStatistics {
  /** One user's numbers. The cost depends on that user's sessions only, however many others there are. */
  forUser(userId: string, window: StatisticsWindow): Promise<UserStatistics>

  /** How each device of a user was used, by place, over the sessions on record; in no order. The cost is that of `forUser`. */
  deviceUses(userId: string, bounds: LivenessBounds): Promise<readonly DeviceUse[]>

  /** Totals over every user at a cost that does not depend on their number. */
  totals(): Promise<SessionTotals>

  /** `totals().active` counted again from the rows: slow, for `doctor`. */
  recountActive(): Promise<number>

  /**
   * Counts the sessions of the query, in the form of rollups; those that retention has forgotten are not there. Of `duration`
   * `value` is the index of the first bound that it does not pass. Given a `userId`, its cost is that of `forUser`; otherwise
   * it is that of looking at every session of the filter.
   */
  tally(query: SessionQuery, tally: Tally): Promise<readonly Rollup[]>

  /** How many sessions ended before the instant, up to `most`: what `SessionStore.forget` would forget. */
  countEndedBefore(before: Instant, most: number): Promise<number>

  /** How many sessions are past their deadline and have not been ended, counted up to `limit`. */
  backlog(bounds: LivenessBounds, limit: number): Promise<number>
}
