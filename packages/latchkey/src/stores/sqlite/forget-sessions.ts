import { before, type Instant } from '../../foundation/time.ts'
import { statisticsReach } from '../../model/session-statistics.ts'
import type { Connection } from './connection.ts'
import { endedColumns, endedCounts } from './ended-columns.ts'
import { dropUnusedSets } from './facet-sets.ts'
import { sessionDuration } from './session-duration.ts'

/** The same rows each time it is asked within one transaction, which is why it can stand in three statements. */
const chosen = `SELECT rowid FROM user_sessions INDEXED BY user_sessions_ended
  WHERE invalidated_at IS NOT NULL AND invalidated_at < :endedBefore ORDER BY invalidated_at, rowid LIMIT :limit`

const addToForgotten = `INSERT INTO forgotten_sessions
    (user_id, shard, total, duration_sum, duration_longest, ${endedColumns.join(', ')})
  SELECT user_id, shard, count(*), sum(${sessionDuration}), max(${sessionDuration}), ${endedCounts.join(', ')}
  FROM user_sessions WHERE rowid IN (${chosen}) GROUP BY user_id, shard
  ON CONFLICT (user_id, shard) DO UPDATE SET
    total = total + excluded.total,
    duration_sum = duration_sum + excluded.duration_sum,
    duration_longest = max(duration_longest, excluded.duration_longest),
    ${endedColumns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`

const addToMoments = `INSERT INTO forgotten_moments (user_id, shard, at, created, ended)
  SELECT user_id, shard, at, sum(created), sum(ended) FROM (
    SELECT user_id, shard, created_at AS at, 1 AS created, 0 AS ended
      FROM user_sessions WHERE rowid IN (${chosen})
    UNION ALL
    SELECT user_id, shard, invalidated_at, 0, 1 FROM user_sessions WHERE rowid IN (${chosen}))
  GROUP BY user_id, shard, at
  ON CONFLICT (user_id, shard, at) DO UPDATE SET
    created = created + excluded.created, ended = ended + excluded.ended`

const forgetChosen = `DELETE FROM user_sessions WHERE rowid IN (${chosen}) RETURNING facet_set`

/** A session adds two moments at most, so that taking away twice the limit keeps up with what is added. */
const dropMoments = `DELETE FROM forgotten_moments WHERE (user_id, shard, at) IN (
  SELECT user_id, shard, at FROM forgotten_moments INDEXED BY forgotten_moments_by_time
  WHERE at < :reach ORDER BY at LIMIT 2 * :limit)`

/** Forgets ended sessions, longest ended first, and goes on counting them; inside a change. */
export function forgetSessions(connection: Connection, endedBefore: Instant, limit: number): number {
  const values = { endedBefore, limit, reach: before(endedBefore, statisticsReach) }
  connection.run(addToForgotten, values)
  connection.run(addToMoments, values)
  const forgotten = connection.all<{ facet_set: number | null }>(forgetChosen, values)
  dropUnusedSets(
    connection,
    forgotten.map((row) => row.facet_set),
  )
  connection.run(dropMoments, values)
  return forgotten.length
}
