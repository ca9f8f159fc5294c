import type { SessionRecord } from '../../model/session.ts'
import type { LivenessBounds, SessionQuery, SessionSearch } from '../../model/session-filter.ts'
import { notBeforeOf, type Records } from './records.ts'

export function hasExpired(record: SessionRecord, bounds: LivenessBounds): boolean {
  if (record.expiresAt <= bounds.expiresAfter) return true
  return record.lifetime === null && record.createdAt <= bounds.createdAfter
}

export function isIdle(record: SessionRecord, bounds: LivenessBounds): boolean {
  const lastUseAt = record.lastAccessedAt ?? record.createdAt
  if (bounds.activeAfter !== null && lastUseAt <= bounds.activeAfter) return true
  return record.idleTimeout !== null && lastUseAt + record.idleTimeout <= bounds.idleSince
}

/** Whether a cut-off concerns it. */
export function isCutOff(records: Records, record: SessionRecord): boolean {
  const notBefore = notBeforeOf(records, record)
  return notBefore !== null && record.createdAt <= notBefore
}

/** The predicate that `LivenessBounds` describes. */
export function isLive(records: Records, record: SessionRecord, bounds: LivenessBounds): boolean {
  if (record.invalidatedAt !== null || isCutOff(records, record)) return false
  return !hasExpired(record, bounds) && !isIdle(record, bounds)
}

export function matchesQuery(records: Records, record: SessionRecord, query: SessionQuery): boolean {
  if (query.userId !== null && record.userId !== query.userId) return false
  if (query.deviceType !== null && record.deviceInfo.type !== query.deviceType) return false
  if (query.deviceId !== null && record.deviceId !== query.deviceId) return false
  if (query.ipAddress !== null && record.addressKey !== query.ipAddress) return false
  if (query.state !== null && isLive(records, record, query.bounds) !== (query.state === 'live')) return false
  return query.search === null || matchesSearch(record, query.search)
}

function matchesSearch(record: SessionRecord, search: SessionSearch): boolean {
  return (
    record.userId.startsWith(search.text) ||
    record.id.startsWith(search.text) ||
    (search.address !== null && record.addressKey === search.address) ||
    search.userIds.includes(record.userId)
  )
}
