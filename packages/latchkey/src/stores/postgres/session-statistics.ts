import type { DailyCount, EndedCounts, UserStatistics } from '../../model/session-statistics.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { SessionStatistics, StatisticsWindow } from '../../ports/session-statistics.ts'
import type { Connection } from './connection.ts'
import { deviceUses } from './device-uses.ts'
import { countUpTo } from './first-rows.ts'
import { fromJson } from './json-columns.ts'
import { boundsValues, liveCondition } from './live-condition.ts'
import { overdueBranches } from './overdue-sessions.ts'
import { readTotals } from './session-counters.ts'
import { sessionDuration } from './session-duration.ts'
import { tallySessions } from './session-tally.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

const duration = sessionDuration('user_sessions')

const ofUser = 'user_id = :userId::text AND shard = :shard::smallint'

const countBacklog = `SELECT count(*) AS count FROM (
  ${overdueBranches.map((branch, nth) => `SELECT shard, id FROM ${branch} AS branch_${nth}`).join(' UNION ')}) AS overdue`

const endedRows = {
  table: 'user_sessions',
  key: 'id, shard',
  oldest: 'invalidated_at',
  isOld: 'invalidated_at IS NOT NULL AND invalidated_at < :before::bigint',
}

export function postgresSessionStatistics(connection: Connection): SessionStatistics {
  return {
    forUser: (userId, window) => userStatistics(connection, userId, window),

    deviceUses: (userId, bounds) => deviceUses(connection, userId, bounds),

    totals: () => readTotals(connection),

    async recountActive() {
      const [row] = await connection.all<{ count: string }>(
        'SELECT count(*) AS count FROM user_sessions WHERE invalidated_at IS NULL',
      )
      return Number(row?.count ?? 0)
    },

    tally: (query, tally) => tallySessions(connection, query, tally),

    countEndedBefore: (before, most) => countUpTo(connection, endedRows, { before, most }),

    async backlog(bounds, limit) {
      const [row] = await connection.all<{ count: string }>(countBacklog, { ...boundsValues(bounds), limit })
      return Math.min(Number(row?.count ?? 0), limit)
    },
  }
}

/** The rows that are there, those that were forgotten, and when these had begun: one row each, added up. */
const sums = `SELECT coalesce(sum(total), 0) AS total, coalesce(sum(live), 0) AS live,
    coalesce(sum(recent), 0) AS recent, coalesce(sum(duration_sum), 0) AS duration_sum,
    coalesce(max(duration_longest), 0) AS duration_longest, coalesce(sum(logout), 0) AS logout,
    coalesce(sum(expired), 0) AS expired, coalesce(sum(idle_timeout), 0) AS idle_timeout,
    coalesce(sum(revoked), 0) AS revoked, coalesce(sum(replaced), 0) AS replaced,
    coalesce(sum(session_limit), 0) AS session_limit, coalesce(sum(token_reuse), 0) AS token_reuse,
    coalesce(sum(network_change), 0) AS network_change
  FROM (
    SELECT count(*) AS total, count(*) FILTER (WHERE ${liveCondition}) AS live,
      count(*) FILTER (WHERE created_at >= :recentSince::bigint) AS recent,
      sum(${duration}) AS duration_sum, max(${duration}) AS duration_longest,
      count(*) FILTER (WHERE end_reason = 'logout') AS logout,
      count(*) FILTER (WHERE end_reason = 'expired') AS expired,
      count(*) FILTER (WHERE end_reason = 'idle-timeout') AS idle_timeout,
      count(*) FILTER (WHERE end_reason = 'revoked') AS revoked,
      count(*) FILTER (WHERE end_reason = 'replaced') AS replaced,
      count(*) FILTER (WHERE end_reason = 'session-limit') AS session_limit,
      count(*) FILTER (WHERE end_reason = 'token-reuse') AS token_reuse,
      count(*) FILTER (WHERE end_reason = 'network-change') AS network_change
    FROM user_sessions WHERE ${ofUser}
    UNION ALL
    SELECT total, 0, 0, duration_sum, duration_longest, ended_logout, ended_expired, ended_idle_timeout,
      ended_revoked, ended_replaced, ended_session_limit, ended_token_reuse, ended_network_change
    FROM forgotten_sessions WHERE ${ofUser}
    UNION ALL
    SELECT 0, 0, sum(created), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM forgotten_moments
    WHERE ${ofUser} AND at >= :recentSince::bigint) AS part`

const devices = `SELECT device_info ->> 'type' AS type, device_info ->> 'browser' AS browser,
    device_info ->> 'os' AS os, device_info ->> 'location' AS location, count(*) AS count
  FROM user_sessions WHERE ${ofUser} AND ${liveCondition} GROUP BY 1, 2, 3, 4`

const days = `SELECT to_char(to_timestamp(at / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date,
    sum(created) AS created, sum(ended) AS ended
  FROM (
    SELECT created_at AS at, 1 AS created, 0 AS ended FROM user_sessions
    WHERE ${ofUser} AND created_at >= :dailySince::bigint
    UNION ALL
    SELECT invalidated_at, 0, 1 FROM user_sessions WHERE ${ofUser} AND invalidated_at >= :dailySince::bigint
    UNION ALL
    SELECT at, created, ended FROM forgotten_moments WHERE ${ofUser} AND at >= :dailySince::bigint) AS moment
  GROUP BY 1 ORDER BY 1`

/** One statement, so that everything in it is as of one moment. */
const aboutUser = `SELECT (SELECT row_to_json(sums) FROM (${sums}) AS sums) AS sums,
  (SELECT coalesce(json_agg(device), '[]') FROM (${devices}) AS device) AS devices,
  (SELECT coalesce(json_agg(day), '[]') FROM (${days}) AS day) AS days`

type Sums = Readonly<
  Record<
    | 'total'
    | 'live'
    | 'recent'
    | 'duration_sum'
    | 'duration_longest'
    | 'logout'
    | 'expired'
    | 'idle_timeout'
    | 'revoked'
    | 'replaced'
    | 'session_limit'
    | 'token_reuse'
    | 'network_change',
    number
  >
>

interface DeviceRow {
  readonly type: string
  readonly browser: string
  readonly os: string
  readonly location: string | null
  readonly count: number
}

async function userStatistics(
  connection: Connection,
  userId: string,
  window: StatisticsWindow,
): Promise<UserStatistics> {
  const [row] = await connection.all<{ sums: unknown; devices: unknown; days: unknown }>(aboutUser, {
    ...boundsValues(window.bounds),
    userId: toStoredText(userId),
    shard: shardOfUser(userId),
    recentSince: window.recentSince,
    dailySince: window.dailySince,
  })
  const counted = fromJson<Sums>(row?.sums)
  const used = fromJson<readonly DeviceRow[]>(row?.devices)
  return {
    total: counted.total,
    live: counted.live,
    recent: counted.recent,
    deviceTypes: tally(used, (device) => device.type),
    browsers: tally(used, (device) => device.browser),
    operatingSystems: tally(used, (device) => device.os),
    locations: tally(used, (device) => device.location),
    durationSum: counted.duration_sum,
    durationLongest: counted.duration_longest,
    ended: endedCounts(counted),
    daily: fromJson<readonly DailyCount[]>(row?.days).map(({ date, created, ended }) => ({
      date,
      created,
      ended,
    })),
  }
}

function endedCounts(counted: Sums): EndedCounts {
  return {
    logout: counted.logout,
    expired: counted.expired,
    'idle-timeout': counted.idle_timeout,
    revoked: counted.revoked,
    replaced: counted.replaced,
    'session-limit': counted.session_limit,
    'token-reuse': counted.token_reuse,
    'network-change': counted.network_change,
  }
}

/** Names come from the outside, `__proto__` among them, so they are counted in a map before they become keys. */
function tally(
  rows: readonly DeviceRow[],
  nameOf: (row: DeviceRow) => string | null,
): Record<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const stored = nameOf(row)
    if (stored === null) continue
    const name = fromStoredText(stored)
    counts.set(name, (counts.get(name) ?? 0) + row.count)
  }
  return Object.fromEntries(counts)
}
