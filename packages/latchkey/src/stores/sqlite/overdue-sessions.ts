/**
 * Sessions that have not ended and are not live by the bounds, by what makes them so. Each reads the index of
 * its own deadline from the front, so that the cost is that of what it finds.
 */
export const pastDeadline: string = `SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_deadline
  WHERE invalidated_at IS NULL AND expires_at <= :expiresAfter ORDER BY expires_at LIMIT :limit`

export const pastLifetime: string = `SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_start
  WHERE invalidated_at IS NULL AND lifetime IS NULL AND created_at <= :createdAfter
  ORDER BY created_at LIMIT :limit`

/** Brings nothing where `activeAfter` is null. */
export const pastIdleTimeout: string = `SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_use
  WHERE invalidated_at IS NULL AND coalesce(last_accessed, created_at) <= :activeAfter
  ORDER BY coalesce(last_accessed, created_at) LIMIT :limit`
