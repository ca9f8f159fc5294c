import type { SessionRecord } from '../../model/session.ts'
import type { LivenessBounds, SessionQuery, SessionSearch } from '../../model/session-filter.ts'

export function hasExpired(record: SessionRecord, bounds: LivenessBounds): boolean {
  if (record.expiresAt <= bounds.expiresAfter) return true
  return record.lifetime === null && record.createdAt <= bounds.createdAfter
}

export function isIdle(record: SessionRecord, bounds: LivenessBounds): boolean {
  return bounds.activeAfter !== null && (record.lastAccessedAt ?? record.createdAt) <= bounds.activeAfter
}

/** The predicate that `LivenessBounds` describes. */
export function isLive(record: SessionRecord, bounds: LivenessBounds): boolean {
  return record.invalidatedAt === null && !hasExpired(record, bounds) && !isIdle(record, bounds)
}

export function matchesQuery(record: SessionRecord, query: SessionQuery): boolean {
  if (query.userId !== null && record.userId !== query.userId) return false
  if (query.deviceType !== null && record.deviceInfo.type !== query.deviceType) return false
  if (query.deviceId !== null && record.deviceId !== query.deviceId) return false
  if (query.ipAddress !== null && record.addressKey !== query.ipAddress) return false
  if (query.state !== null && isLive(record, query.bounds) !== (query.state === 'live')) return false
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
