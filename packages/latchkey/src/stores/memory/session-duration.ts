import type { SessionRecord } from '../../model/session.ts'

/** In milliseconds; from where to where is said in `ports/session-statistics`. */
export function sessionDuration(record: SessionRecord): number {
  const byHand =
    record.endReason === 'logout' || record.endReason === 'revoked' || record.endReason === 'replaced'
  const lastUseAt = record.lastAccessedAt ?? record.createdAt
  const end = byHand ? (record.invalidatedAt ?? lastUseAt) : lastUseAt
  return Math.max(0, end - record.createdAt)
}
