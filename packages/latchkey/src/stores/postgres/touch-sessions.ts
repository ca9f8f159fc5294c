import type { Instant } from '../../foundation/time.ts'
import type { Seen } from '../../model/session.ts'
import { type SessionId, shardOfSession } from '../../model/session-token.ts'
import type { Statements } from './connection.ts'

/**
 * The whole batch in one statement. Sessions are locked in one order first, so that two statements do not wait for
 * one another in a circle. That is a third of the cost, and without it the order would be that of the plan.
 */
const touchStatement = `WITH locked AS MATERIALIZED (
  SELECT session.id, session.shard, seen.at
  FROM unnest(:ids::text[], :shards::smallint[], :instants::bigint[]) AS seen (id, shard, at)
    JOIN user_sessions AS session ON session.id = seen.id AND session.shard = seen.shard
  WHERE session.invalidated_at IS NULL AND (session.last_accessed IS NULL OR session.last_accessed < seen.at)
  ORDER BY session.shard, session.id FOR NO KEY UPDATE OF session)
UPDATE user_sessions AS session SET last_accessed = locked.at
FROM locked WHERE session.id = locked.id AND session.shard = locked.shard AND session.invalidated_at IS NULL
  AND (session.last_accessed IS NULL OR session.last_accessed < locked.at)`

export async function touchSessions(statements: Statements, seen: readonly Seen[]): Promise<void> {
  if (seen.length === 0) return
  const latest = latestOf(seen)
  const ids = [...latest.keys()]
  await statements.all(touchStatement, {
    ids,
    shards: ids.map(shardOfSession),
    instants: [...latest.values()],
  })
}

/** Of several uses of one session, the latest. */
function latestOf(seen: readonly Seen[]): ReadonlyMap<SessionId, Instant> {
  const latest = new Map<SessionId, Instant>()
  for (const { id, at } of seen) {
    const known = latest.get(id)
    if (known === undefined || known < at) latest.set(id, at)
  }
  return latest
}
