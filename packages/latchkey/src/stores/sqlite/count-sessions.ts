import type { SessionQuery } from '../../model/session-filter.ts'
import type { Connection } from './connection.ts'
import { withinBounds } from './live-condition.ts'
import { inOneSnapshot } from './one-snapshot.ts'
import { facetsOfMany, plainConditions, valuesOf, where } from './session-conditions.ts'
import { countStatement, isWalk } from './session-query.ts'

/** Of everybody, what has ended is what there is less what is live: neither needs a look at the rows themselves. */
export function countSessions(connection: Connection, query: SessionQuery): number {
  if (!isWalk(query) || query.state === null) return countOne(connection, query)
  if (query.state === 'live') return countLive(connection, query)
  return inOneSnapshot(
    connection,
    () => countOne(connection, { ...query, state: null }) - countLive(connection, query),
  )
}

function countOne(connection: Connection, query: SessionQuery): number {
  const { sql, values } = countStatement(connection, query)
  return connection.get<{ count: number }>(sql, values)?.count ?? 0
}

/** By the index of those that have not ended, which holds everything that is asked of them. */
function countLive(connection: Connection, query: SessionQuery): number {
  const conditions = [
    'invalidated_at IS NULL',
    withinBounds,
    ...plainConditions({ ...query, state: null }),
    ...facetsOfMany(query),
  ]
  const sql = `SELECT count(*) AS count FROM user_sessions INDEXED BY user_sessions_by_use${where(conditions)}`
  return connection.get<{ count: number }>(sql, valuesOf(query))?.count ?? 0
}
