/** Of a row of that name, in milliseconds; from where to where is said in `ports/session-statistics`. */
export function sessionDuration(row: string): string {
  return `greatest(0, CASE WHEN ${row}.end_reason IN ('logout', 'revoked', 'replaced') THEN ${row}.invalidated_at
    ELSE coalesce(${row}.last_accessed, ${row}.created_at) END - ${row}.created_at)`
}
