import type { Instant } from '../../foundation/time.ts'
import type { FadingFact } from '../../ports/session-store.ts'
import type { Records } from './records.ts'

/** Null as soon as fewer than `limit` were left. */
export function fadeSessions(
  records: Records,
  fact: FadingFact,
  from: Instant,
  before: Instant,
  limit: number,
): Instant | null {
  const chosen = [...records.sessions.values()]
    .filter((record) => record[fact] !== null && record.createdAt >= from && record.createdAt < before)
    .sort((a, b) => a.createdAt - b.createdAt)
    .slice(0, limit)
  const faded =
    fact === 'ipAddress' ? { ipAddress: null, addressKey: null, rangeKey: null } : { userAgent: null }
  for (const record of chosen) records.sessions.set(record.id, { ...record, ...faded })
  return chosen.length < limit ? null : (chosen.at(-1)?.createdAt ?? null)
}
