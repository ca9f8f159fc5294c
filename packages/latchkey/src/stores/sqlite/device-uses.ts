import type { Instant } from '../../foundation/time.ts'
import type { DeviceId } from '../../model/device.ts'
import type { LivenessBounds } from '../../model/session-filter.ts'
import type { DeviceUse } from '../../model/session-statistics.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { Connection } from './connection.ts'
import { boundsValues, liveCondition } from './live-condition.ts'

interface UseRow {
  readonly device_id: DeviceId
  readonly location: string | null
  readonly sessions: number
  readonly live: number
  readonly last_created_at: Instant
}

export function deviceUses(
  connection: Connection,
  userId: string,
  bounds: LivenessBounds,
): readonly DeviceUse[] {
  const rows = connection.all<UseRow>(
    `SELECT device_id, device_info ->> '$.location' AS location, count(*) AS sessions,
       sum(${liveCondition}) AS live, max(created_at) AS last_created_at
     FROM user_sessions INDEXED BY user_sessions_by_user
     WHERE user_id = :userId AND shard = :shard AND device_id IS NOT NULL GROUP BY 1, 2`,
    { ...boundsValues(bounds), userId, shard: shardOfUser(userId) },
  )
  return rows.map((row) => ({
    deviceId: row.device_id,
    location: row.location,
    sessions: row.sessions,
    live: row.live,
    lastCreatedAt: row.last_created_at,
  }))
}
