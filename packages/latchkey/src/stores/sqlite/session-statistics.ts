import type { DailyCount, UserStatistics } from '../../model/session-statistics.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { SessionStatistics, StatisticsWindow } from '../../ports/session-statistics.ts'
import type { Connection, Values } from './connection.ts'
import { deviceUses } from './device-uses.ts'
import { endedColumn, endedColumns, endedCounts, endingsOf } from './ended-columns.ts'
import { boundsValues, liveCondition } from './live-condition.ts'
import { inOneSnapshot } from './one-snapshot.ts'
import {
  pastCutOff,
  pastCutOffAsRequested,
  pastDeadline,
  pastIdleLimit,
  pastIdleTimeout,
  pastLifetime,
} from './overdue-sessions.ts'
import { readTotals } from './session-counters.ts'
import { sessionDuration } from './session-duration.ts'
import { countEndedBefore } from './session-tally.ts'
import { tallyInSlices } from './tally-in-slices.ts'

const overdue = [
  pastCutOff,
  pastCutOffAsRequested,
  pastDeadline,
  pastLifetime,
  pastIdleTimeout,
  pastIdleLimit,
]

const ofUser = 'user_id = :userId AND shard = :shard'

export function sqliteSessionStatistics(connection: Connection): SessionStatistics {
  return {
    async forUser(userId, window) {
      return inOneSnapshot(connection, () => userStatistics(connection, userId, window))
    },

    async deviceUses(userId, bounds) {
      return deviceUses(connection, userId, bounds)
    },

    async totals() {
      return readTotals(connection)
    },

    async recountActive() {
      const row = connection.get<{ count: number }>(
        'SELECT count(*) AS count FROM user_sessions WHERE +invalidated_at IS NULL',
      )
      return row?.count ?? 0
    },

    async tally(query, tally) {
      return tallyInSlices(connection, query, tally)
    },

    async countEndedBefore(before, most) {
      return countEndedBefore(connection, before, most)
    },

    async backlog(bounds, limit) {
      const row = connection.get<{ count: number }>(
        `SELECT count(*) AS count FROM (${overdue.map((some) => `SELECT rowid FROM (${some})`).join(' UNION ')})`,
        { ...boundsValues(bounds), limit },
      )
      return Math.min(row?.count ?? 0, limit)
    },
  }
}

function userStatistics(connection: Connection, userId: string, window: StatisticsWindow): UserStatistics {
  const values = {
    ...boundsValues(window.bounds),
    userId,
    shard: shardOfUser(userId),
    recentSince: window.recentSince,
    dailySince: window.dailySince,
  }
  const sums = readSums(connection, values)
  return {
    total: sums.total,
    live: sums.live,
    recent: sums.recent,
    ...readLiveDevices(connection, values),
    durationSum: sums.duration_sum,
    durationLongest: sums.duration_longest,
    ended: endingsOf((reason) => sums[endedColumn(reason)] ?? 0),
    daily: readDaily(connection, values),
  }
}

interface SumsRow extends Readonly<Record<`ended_${string}`, number>> {
  readonly total: number
  readonly live: number
  readonly recent: number
  readonly duration_sum: number
  readonly duration_longest: number
}

const nothing: SumsRow = { total: 0, live: 0, recent: 0, duration_sum: 0, duration_longest: 0 }

/** The rows that are there, those that were forgotten, and when these had begun: one row each, added up. */
function readSums(connection: Connection, values: Values): SumsRow {
  const row = connection.get<SumsRow>(
    `SELECT coalesce(sum(total), 0) AS total, coalesce(sum(live), 0) AS live, coalesce(sum(recent), 0) AS recent,
       coalesce(sum(duration_sum), 0) AS duration_sum, coalesce(max(duration_longest), 0) AS duration_longest,
       ${endedColumns.map((column) => `coalesce(sum(${column}), 0) AS ${column}`).join(', ')}
     FROM (
       SELECT count(*) AS total, sum(${liveCondition}) AS live, sum(created_at >= :recentSince) AS recent,
         sum(${sessionDuration}) AS duration_sum, max(${sessionDuration}) AS duration_longest,
         ${endedCounts.join(', ')}
       FROM user_sessions INDEXED BY user_sessions_by_user WHERE ${ofUser}
       UNION ALL
       SELECT total, 0, 0, duration_sum, duration_longest, ${endedColumns.join(', ')}
       FROM forgotten_sessions WHERE ${ofUser}
       UNION ALL
       SELECT 0, 0, sum(created), 0, 0, ${endedColumns.map(() => 0).join(', ')} FROM forgotten_moments
       WHERE ${ofUser} AND at >= :recentSince)`,
    values,
  )
  return row ?? nothing
}

interface DeviceRow {
  readonly type: string
  readonly browser: string
  readonly os: string
  readonly location: string | null
  readonly count: number
}

type LiveDevices = Pick<UserStatistics, 'deviceTypes' | 'browsers' | 'operatingSystems' | 'locations'>

function readLiveDevices(connection: Connection, values: Values): LiveDevices {
  const rows = connection.all<DeviceRow>(
    `SELECT device_info ->> '$.type' AS type, device_info ->> '$.browser' AS browser,
       device_info ->> '$.os' AS os, device_info ->> '$.location' AS location, count(*) AS count
     FROM user_sessions INDEXED BY user_sessions_by_user
     WHERE ${ofUser} AND ${liveCondition} GROUP BY 1, 2, 3, 4`,
    values,
  )
  return {
    deviceTypes: tally(rows, (row) => row.type),
    browsers: tally(rows, (row) => row.browser),
    operatingSystems: tally(rows, (row) => row.os),
    locations: tally(rows, (row) => row.location),
  }
}

/** Names come from the outside, `__proto__` among them, so they are counted in a map before they become keys. */
function tally(
  rows: readonly DeviceRow[],
  nameOf: (row: DeviceRow) => string | null,
): Record<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const name = nameOf(row)
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + row.count)
  }
  return Object.fromEntries(counts)
}

function readDaily(connection: Connection, values: Values): readonly DailyCount[] {
  const rows = connection.all<DailyCount>(
    `SELECT date(at / 1000, 'unixepoch') AS date, sum(created) AS created, sum(ended) AS ended FROM (
       SELECT created_at AS at, 1 AS created, 0 AS ended FROM user_sessions INDEXED BY user_sessions_by_user
       WHERE ${ofUser} AND created_at >= :dailySince
       UNION ALL
       SELECT invalidated_at, 0, 1 FROM user_sessions INDEXED BY user_sessions_by_user
       WHERE ${ofUser} AND invalidated_at >= :dailySince
       UNION ALL
       SELECT at, created, ended FROM forgotten_moments WHERE ${ofUser} AND at >= :dailySince)
     GROUP BY 1 ORDER BY 1`,
    values,
  )
  return rows.map(({ date, created, ended }) => ({ date, created, ended }))
}
