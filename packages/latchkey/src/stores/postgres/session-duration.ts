/** In milliseconds; from where to where is said in `ports/session-statistics`. */
export const sessionDuration: string = `greatest(0, CASE WHEN end_reason IN ('logout', 'revoked', 'replaced')
  THEN invalidated_at ELSE coalesce(last_accessed, created_at) END - created_at)`
