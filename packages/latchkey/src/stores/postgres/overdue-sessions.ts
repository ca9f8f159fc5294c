import { everybodysCutOff } from './cut-offs-of-sessions.ts'

/**
 * Sessions that have not ended and are not live, by what makes them so. Each reads the index of
 * its own deadline from the front, so that the cost is that of what it finds.
 */
const pastDeadline = `(SELECT shard, id, 'expired' AS reason FROM user_sessions
  WHERE invalidated_at IS NULL AND expires_at <= :expiresAfter::bigint ORDER BY expires_at LIMIT :limit::bigint)`

const pastLifetime = `(SELECT shard, id, 'expired' AS reason FROM user_sessions
  WHERE invalidated_at IS NULL AND lifetime IS NULL AND created_at <= :createdAfter::bigint
  ORDER BY created_at LIMIT :limit::bigint)`

/**
 * Brings nothing where `activeAfter` is null. The index knows the hour of the last use only: of those last used
 * within the hour in which the limit lies each is looked at.
 */
const pastIdleTimeout = `(SELECT shard, id, 'idle-timeout' AS reason FROM user_sessions
  WHERE invalidated_at IS NULL AND used_hour <= :activeAfter::bigint / 3600000
    AND coalesce(last_accessed, created_at) <= :activeAfter::bigint
  ORDER BY used_hour LIMIT :limit::bigint)`

const shortestOwnLimit = `SELECT min(idle_limit) FROM user_sessions
  WHERE invalidated_at IS NULL AND idle_limit IS NOT NULL`

/** As `pastIdleTimeout`, for each of the idle timeouts that rules have set, of which there are as many as such rules. */
const pastOwnIdleTimeout = `(WITH RECURSIVE own AS (
    SELECT (${shortestOwnLimit}) AS idle_limit
    UNION ALL
    SELECT (${shortestOwnLimit} AND idle_limit > own.idle_limit) FROM own WHERE own.idle_limit IS NOT NULL)
  SELECT session.shard, session.id, 'idle-timeout' AS reason FROM own CROSS JOIN LATERAL (
    SELECT shard, id FROM user_sessions
    WHERE invalidated_at IS NULL AND idle_limit = own.idle_limit
      AND used_hour <= (:idleSince::bigint - own.idle_limit) / 3600000
      AND coalesce(last_accessed, created_at) + idle_limit <= :idleSince::bigint
    ORDER BY used_hour LIMIT :limit::bigint) AS session
  LIMIT :limit::bigint)`

/** In two halves, each of which has its index. */
const pastEverybodysCutOff = ['lifetime IS NULL', 'lifetime IS NOT NULL'].map(
  (half) => `(SELECT shard, id, 'revoked' AS reason FROM user_sessions
  WHERE invalidated_at IS NULL AND ${half} AND created_at <= ${everybodysCutOff}
  ORDER BY created_at LIMIT :limit::bigint)`,
)

/**
 * Those that were being created while a cut-off of their user or device was set. There are few such cut-offs, and each
 * is one look into the index of its user; `LIMIT` keeps the sessions out of a join that would read all of them.
 */
const pastOwnCutOff = `(SELECT session.shard, session.id, 'revoked' AS reason
  FROM session_cut_offs AS cut_off CROSS JOIN LATERAL (
    SELECT shard, id FROM user_sessions
    WHERE user_id = cut_off.user_id AND shard = cut_off.shard AND is_active
      AND created_at <= cut_off.not_before AND (cut_off.device_id IS NULL OR device_id = cut_off.device_id)
    LIMIT :limit::bigint) AS session
  WHERE cut_off.user_id IS NOT NULL LIMIT :limit::bigint)`

/** One for each cause. */
export const overdueBranches: readonly string[] = [
  pastDeadline,
  pastLifetime,
  pastIdleTimeout,
  pastOwnIdleTimeout,
  ...pastEverybodysCutOff,
  pastOwnCutOff,
]

const firstReason = `CASE WHEN bool_or(reason = 'revoked') THEN 'revoked' ELSE min(reason) END`

/** `revoked` comes before `expired`, and that before `idle-timeout`, which is what a session is that is several. */
export const overdueSessions: string = `SELECT shard, id, ${firstReason} AS reason
  FROM (${overdueBranches.join(' UNION ALL ')}) AS found
  GROUP BY shard, id ORDER BY bool_or(reason = 'revoked') DESC, min(reason), shard, id LIMIT :limit::bigint`
