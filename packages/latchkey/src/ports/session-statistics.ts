import type { Instant } from '../foundation/time.ts'
import type { LivenessBounds } from '../model/session-filter.ts'
import type { DeviceUse, SessionTotals, UserStatistics } from '../model/session-statistics.ts'

/** What a user's statistics are taken over. */
export interface StatisticsWindow {
  readonly bounds: LivenessBounds
  readonly recentSince: Instant
  readonly dailySince: Instant
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

  /** How many sessions are past their deadline and have not been ended, counted up to `limit`. */
  backlog(bounds: LivenessBounds, limit: number): Promise<number>
}
