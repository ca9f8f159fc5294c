import type { Instant } from '../../foundation/time.ts'
import type { FadingFact } from '../../ports/session-store.ts'
import type { Connection } from './connection.ts'

interface Fading {
  readonly isThere: string
  readonly gone: string
}

const fadings: Readonly<Record<FadingFact, Fading>> = {
  ipAddress: {
    isThere: 'ip_address IS NOT NULL',
    gone: 'ip_address = NULL, address_key = NULL, range_key = NULL',
  },
  userAgent: { isThere: 'user_agent IS NOT NULL', gone: 'user_agent = NULL' },
}

/** Null as soon as fewer than `limit` were left; inside a change. */
export function fadeSessions(
  connection: Connection,
  fact: FadingFact,
  from: Instant,
  before: Instant,
  limit: number,
): Instant | null {
  const { isThere, gone } = fadings[fact]
  const faded = connection.all<{ created_at: Instant }>(
    `UPDATE user_sessions SET ${gone} WHERE rowid IN (
       SELECT rowid FROM user_sessions INDEXED BY user_sessions_newest
       WHERE created_at >= :from AND created_at < :before AND ${isThere} ORDER BY created_at, id LIMIT :limit)
     RETURNING created_at`,
    { from, before, limit },
  )
  if (faded.length < limit) return null
  return faded.reduce<Instant | null>(
    (last, { created_at: at }) => (last === null || at > last ? at : last),
    null,
  )
}
