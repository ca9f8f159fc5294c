import type { Grant } from '../../model/session.ts'
import { shardOfSession } from '../../model/session-token.ts'
import type { Statements } from './connection.ts'

/** Sessions are locked in the order in which every other statement does; of several grants for one the strictest holds. */
const tightenStatement = `WITH asked AS (
  SELECT id, shard, min(expires_at) AS expires_at, min(idle_limit) AS idle_limit
  FROM unnest(:ids::text[], :shards::smallint[], :deadlines::bigint[], :limits::bigint[])
    AS asked (id, shard, expires_at, idle_limit)
  GROUP BY id, shard),
locked AS MATERIALIZED (
  SELECT asked.* FROM asked JOIN user_sessions AS session ON session.id = asked.id AND session.shard = asked.shard
  WHERE session.invalidated_at IS NULL AND (session.expires_at > asked.expires_at
    OR session.idle_limit IS DISTINCT FROM least(session.idle_limit, asked.idle_limit))
  ORDER BY session.shard, session.id FOR NO KEY UPDATE OF session)
UPDATE user_sessions AS session SET expires_at = least(session.expires_at, locked.expires_at),
  idle_limit = least(session.idle_limit, locked.idle_limit)
FROM locked WHERE session.id = locked.id AND session.shard = locked.shard AND session.invalidated_at IS NULL`

export async function tightenSessions(statements: Statements, grants: readonly Grant[]): Promise<void> {
  if (grants.length === 0) return
  await statements.all(tightenStatement, {
    ids: grants.map(({ id }) => id),
    shards: grants.map(({ id }) => shardOfSession(id)),
    deadlines: grants.map(({ expiresAt }) => expiresAt),
    limits: grants.map(({ idleTimeout }) => idleTimeout),
  })
}
