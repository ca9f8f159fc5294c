import type { DeviceId } from '../../model/device.ts'
import type { LivenessBounds } from '../../model/session-filter.ts'
import type { DeviceUse } from '../../model/session-statistics.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { Statements } from './connection.ts'
import { orNull } from './json-columns.ts'
import { boundsValues, liveCondition } from './live-condition.ts'
import { type Big, toInstant } from './row.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

const usesStatement = `SELECT device_id, device_info ->> 'location' AS location, count(*) AS sessions,
    count(*) FILTER (WHERE ${liveCondition}) AS live, max(created_at) AS last_created_at
  FROM user_sessions WHERE user_id = :userId::text AND shard = :shard::smallint AND device_id IS NOT NULL GROUP BY 1, 2`

interface UseRow {
  readonly device_id: DeviceId
  readonly location: string | null
  readonly sessions: string
  readonly live: string
  readonly last_created_at: Big
}

export async function deviceUses(
  statements: Statements,
  userId: string,
  bounds: LivenessBounds,
): Promise<readonly DeviceUse[]> {
  const rows = await statements.all<UseRow>(usesStatement, {
    ...boundsValues(bounds),
    userId: toStoredText(userId),
    shard: shardOfUser(userId),
  })
  return rows.map((row) => ({
    deviceId: row.device_id,
    location: orNull(row.location, fromStoredText),
    sessions: Number(row.sessions),
    live: Number(row.live),
    lastCreatedAt: toInstant(row.last_created_at),
  }))
}
