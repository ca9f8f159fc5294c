import { everybodysCutOff } from './cut-off-condition.ts'

/**
 * Sessions that have not ended and are not live by the bounds, by what makes them so. Each reads the index of
 * its own deadline from the front, so that the cost is that of what it finds.
 */
export const pastCutOff: string = `SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_start
  WHERE invalidated_at IS NULL AND lifetime IS NULL AND created_at <= ${everybodysCutOff}
  ORDER BY created_at LIMIT :limit`

export const pastCutOffAsRequested: string = `SELECT rowid
  FROM user_sessions INDEXED BY user_sessions_by_requested_start
  WHERE invalidated_at IS NULL AND lifetime IS NOT NULL AND created_at <= ${everybodysCutOff}
  ORDER BY created_at LIMIT :limit`

export const pastDeadline: string = `SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_deadline
  WHERE invalidated_at IS NULL AND expires_at <= :expiresAfter ORDER BY expires_at LIMIT :limit`

export const pastLifetime: string = `SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_start
  WHERE invalidated_at IS NULL AND lifetime IS NULL AND created_at <= :createdAfter
  ORDER BY created_at LIMIT :limit`

/** Brings nothing where `activeAfter` is null. */
export const pastIdleTimeout: string = `SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_use
  WHERE invalidated_at IS NULL AND coalesce(last_accessed, created_at) <= :activeAfter
  ORDER BY coalesce(last_accessed, created_at) LIMIT :limit`

export const pastIdleLimit: string = `SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_idle_limit
  WHERE invalidated_at IS NULL AND idle_limit IS NOT NULL
    AND coalesce(last_accessed, created_at) + idle_limit <= :idleSince
  ORDER BY coalesce(last_accessed, created_at) + idle_limit LIMIT :limit`
