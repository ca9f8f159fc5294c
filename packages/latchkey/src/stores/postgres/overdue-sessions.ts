/**
 * Sessions that have not ended and are not live by the bounds, by what makes them so. Each reads the index of
 * its own deadline from the front, so that the cost is that of what it finds.
 */
export const pastDeadline: string = `(SELECT shard, id, 'expired' AS reason FROM user_sessions
  WHERE invalidated_at IS NULL AND expires_at <= :expiresAfter::bigint ORDER BY expires_at LIMIT :limit::bigint)`

export const pastLifetime: string = `(SELECT shard, id, 'expired' AS reason FROM user_sessions
  WHERE invalidated_at IS NULL AND lifetime IS NULL AND created_at <= :createdAfter::bigint
  ORDER BY created_at LIMIT :limit::bigint)`

/**
 * Brings nothing where `activeAfter` is null. The index knows the hour of the last use only: of those last used
 * within the hour in which the limit lies each is looked at.
 */
export const pastIdleTimeout: string = `(SELECT shard, id, 'idle-timeout' AS reason FROM user_sessions
  WHERE invalidated_at IS NULL AND used_hour <= :activeAfter::bigint / 3600000
    AND coalesce(last_accessed, created_at) <= :activeAfter::bigint
  ORDER BY used_hour LIMIT :limit::bigint)`

/** `expired` comes before `idle-timeout`, which is what a session is that is both. */
export const overdueSessions: string = `SELECT shard, id, min(reason) AS reason
  FROM (${pastDeadline} UNION ALL ${pastLifetime} UNION ALL ${pastIdleTimeout}) AS found
  GROUP BY shard, id ORDER BY min(reason), shard, id LIMIT :limit::bigint`
