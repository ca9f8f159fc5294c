import type { Instant } from '../../foundation/time.ts'
import type { FadingFact } from '../../ports/session-store.ts'
import type { Statements } from './connection.ts'

/** Which sessions, by `createdAt`. */
export interface FadingRange {
  readonly from: Instant
  readonly before: Instant
  readonly limit: number
}

/**
 * Along the index by time. Sessions are locked in the order in which every other statement does. Those are counted that were
 * chosen: one that was forgotten while it was waited for does not mean that there are no more.
 */
function fadeStatement(fact: string, faded: string): string {
  return `WITH chosen AS (
  SELECT shard, id, created_at FROM user_sessions
  WHERE created_at >= :from::bigint AND created_at < :before::bigint AND ${fact} IS NOT NULL
  ORDER BY created_at LIMIT :limit::bigint),
locked AS MATERIALIZED (
  SELECT session.shard, session.id FROM chosen JOIN user_sessions AS session
    ON session.id = chosen.id AND session.shard = chosen.shard
  ORDER BY session.shard, session.id FOR NO KEY UPDATE OF session),
faded AS (
  UPDATE user_sessions AS session SET ${faded} FROM locked
  WHERE session.id = locked.id AND session.shard = locked.shard)
SELECT count(*) AS count, max(created_at) AS last FROM chosen`
}

const fadeStatements: Readonly<Record<FadingFact, string>> = {
  ipAddress: fadeStatement('ip_address', 'ip_address = NULL, address_key = NULL, range_key = NULL'),
  userAgent: fadeStatement('user_agent', 'user_agent = NULL'),
}

/** Null as soon as fewer than `limit` were left. */
export async function fadeSessions(
  statements: Statements,
  fact: FadingFact,
  range: FadingRange,
): Promise<Instant | null> {
  const [row] = await statements.all<{ count: string; last: string | null }>(fadeStatements[fact], {
    ...range,
  })
  const isMore = Number(row?.count ?? 0) === range.limit
  return isMore && row?.last != null ? (Number(row.last) as Instant) : null
}
