import { type Duration, days, type Instant } from '../foundation/time.ts'
import type { DeviceId } from './device.ts'
import type { EndReason } from './session.ts'

/** Counts by reason; every reason is there, zeros included. */
export type EndedCounts = Readonly<Record<EndReason, number>>

/**
 * How far back a statistics window may reach and still see forgotten sessions to the millisecond and the day.
 * Longer than the 30 days that analytics shows. Larger: instants of sign-ins stay longer after the session
 * itself was forgotten.
 */
export const statisticsReach: Duration = days(35)

/** What a store adds up about one user in one step. Forgotten sessions are in the totals still. */
export interface UserStatistics {
  /** Every session the user ever had, those forgotten by retention included. */
  readonly total: number
  readonly live: number
  /** Created at or after the `recentSince` asked for. */
  readonly recent: number
  /** Of live sessions. */
  readonly deviceTypes: Readonly<Record<string, number>>
  /** Of live sessions. */
  readonly browsers: Readonly<Record<string, number>>
  /** Of live sessions. */
  readonly operatingSystems: Readonly<Record<string, number>>
  /** Of live sessions whose place is known. */
  readonly locations: Readonly<Record<string, number>>
  /** The sum of the durations of all sessions in `total`, in milliseconds. */
  readonly durationSum: number
  /** The longest of them, in milliseconds; 0 where there is none. */
  readonly durationLongest: number
  readonly ended: EndedCounts
  /** Days in UTC on which something was created or ended, from `dailySince` on, oldest first; empty days are left out. */
  readonly daily: readonly DailyCount[]
}

/** What happened on one day. */
export interface DailyCount {
  /** `2026-11-23`, in UTC. */
  readonly date: string
  readonly created: number
  readonly ended: number
}

/** Totals over every user, read without scanning a table. */
export interface SessionTotals {
  /** Sessions that have not ended; up to one cleanup behind the deadlines. */
  readonly active: number
  /** Sessions ever created. */
  readonly created: number
  /** Sessions ever ended, by reason. */
  readonly ended: EndedCounts
}

/** A user's sessions in numbers, as the library shows them. */
export interface SessionAnalytics {
  readonly totalSessions: number
  readonly activeSessions: number
  /** Created in the last 30 days. */
  readonly recentSessions: number
  readonly deviceTypes: Readonly<Record<string, number>>
  readonly browsers: Readonly<Record<string, number>>
  readonly operatingSystems: Readonly<Record<string, number>>
  readonly locations: Readonly<Record<string, number>>
  /** From sign-in to the ending, or to the last use where nobody ended it; 0 where there is no session. */
  readonly averageDurationSeconds: number
  readonly longestDurationSeconds: number
  readonly ended: EndedCounts
  /** The last 30 days in UTC, oldest first, zeros included. */
  readonly daily: readonly DailyCount[]
}

/** The sessions of one device from one place. */
export interface DeviceUse {
  readonly deviceId: DeviceId
  /** As in `DeviceInfo`. */
  readonly location: string | null
  readonly sessions: number
  /** How many of them are live. */
  readonly live: number
  /** The `createdAt` of the newest. */
  readonly lastCreatedAt: Instant
}
