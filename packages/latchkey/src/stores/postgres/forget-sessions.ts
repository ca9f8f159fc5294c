import { before, type Instant } from '../../foundation/time.ts'
import { statisticsReach } from '../../model/session-statistics.ts'
import { lockMaintenance } from './advisory-locks.ts'
import type { Connection } from './connection.ts'
import { forgetUnusedFacets } from './facet-sets.ts'
import { facetKey } from './facets.ts'
import type { Big } from './row.ts'
import { sessionDuration } from './session-duration.ts'

const forgetStatement = `WITH chosen AS (
  SELECT shard, id FROM user_sessions WHERE invalidated_at IS NOT NULL AND invalidated_at < :endedBefore::bigint
  ORDER BY invalidated_at LIMIT :limit::bigint),
gone AS (
  DELETE FROM user_sessions USING chosen
  WHERE user_sessions.id = chosen.id AND user_sessions.shard = chosen.shard RETURNING user_sessions.*),
unclaimed AS (
  DELETE FROM session_claims USING gone
  WHERE session_claims.shard = gone.shard AND session_claims.session_id = gone.id),
added AS (
  INSERT INTO forgotten_sessions AS known (user_id, shard, total, duration_sum, duration_longest, ended_logout,
    ended_expired, ended_idle_timeout, ended_revoked, ended_replaced, ended_session_limit, ended_token_reuse,
    ended_network_change)
  SELECT user_id, shard, count(*), sum(${sessionDuration('gone')}), max(${sessionDuration('gone')}),
    count(*) FILTER (WHERE end_reason = 'logout'), count(*) FILTER (WHERE end_reason = 'expired'),
    count(*) FILTER (WHERE end_reason = 'idle-timeout'), count(*) FILTER (WHERE end_reason = 'revoked'),
    count(*) FILTER (WHERE end_reason = 'replaced'), count(*) FILTER (WHERE end_reason = 'session-limit'),
    count(*) FILTER (WHERE end_reason = 'token-reuse'), count(*) FILTER (WHERE end_reason = 'network-change')
  FROM gone GROUP BY user_id, shard
  ON CONFLICT (shard, user_id) DO UPDATE SET
    total = known.total + excluded.total,
    duration_sum = known.duration_sum + excluded.duration_sum,
    duration_longest = greatest(known.duration_longest, excluded.duration_longest),
    ended_logout = known.ended_logout + excluded.ended_logout,
    ended_expired = known.ended_expired + excluded.ended_expired,
    ended_idle_timeout = known.ended_idle_timeout + excluded.ended_idle_timeout,
    ended_revoked = known.ended_revoked + excluded.ended_revoked,
    ended_replaced = known.ended_replaced + excluded.ended_replaced,
    ended_session_limit = known.ended_session_limit + excluded.ended_session_limit,
    ended_token_reuse = known.ended_token_reuse + excluded.ended_token_reuse,
    ended_network_change = known.ended_network_change + excluded.ended_network_change),
moments AS (
  INSERT INTO forgotten_moments AS known (user_id, shard, at, created, ended)
  SELECT user_id, shard, at, sum(created), sum(ended) FROM (
    SELECT user_id, shard, created_at AS at, 1 AS created, 0 AS ended FROM gone
    UNION ALL SELECT user_id, shard, invalidated_at, 0, 1 FROM gone) AS moment
  GROUP BY user_id, shard, at
  ON CONFLICT (shard, user_id, at) DO UPDATE SET
    created = known.created + excluded.created, ended = known.ended + excluded.ended)
SELECT count(*) AS count, array_agg(DISTINCT ${facetKey('gone')}) AS keys FROM gone`

interface ForgottenRow {
  readonly count: string
  readonly keys: readonly Big[] | null
}

/** A session adds two moments at most, so that taking away twice the limit keeps up with what is added. */
const dropMoments = `DELETE FROM forgotten_moments WHERE (user_id, shard, at) IN (
  SELECT user_id, shard, at FROM forgotten_moments
  WHERE at < :reach::bigint ORDER BY at LIMIT 2 * :limit::bigint)`

/** Forgets ended sessions, longest ended first, and goes on counting them. */
export function forgetSessions(connection: Connection, endedBefore: Instant, limit: number): Promise<number> {
  return connection.transaction(async (statements) => {
    await lockMaintenance(statements)
    const [row] = await statements.all<ForgottenRow>(forgetStatement, { endedBefore, limit })
    await statements.all(dropMoments, { reach: before(endedBefore, statisticsReach), limit })
    await forgetUnusedFacets(statements, row?.keys ?? [])
    return Number(row?.count ?? 0)
  })
}
