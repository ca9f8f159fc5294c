import type { Instant } from '../../foundation/time.ts'
import { type Severity, severities } from '../../model/finding.ts'
import type { SessionRecord } from '../../model/session.ts'
import type {
  FacetCondition,
  InstantRange,
  LivenessBounds,
  SessionFacet,
  SessionQuery,
  SessionSearch,
} from '../../model/session-filter.ts'
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
  if (query.deviceId !== null && record.deviceId !== query.deviceId) return false
  if (query.ipAddress !== null && record.addressKey !== query.ipAddress) return false
  if (query.state !== null && isLive(records, record, query.bounds) !== (query.state === 'live')) return false
  if (query.addressRange !== null && record.rangeKey !== query.addressRange) return false
  if (!isWithin(record.createdAt, query.created)) return false
  if (!isWithin(record.lastAccessedAt ?? record.createdAt, query.lastActive)) return false
  if (!query.facets.every((condition) => hasFacet(record, condition))) return false
  if (query.risk !== null && !isAtRisk(records, record, query.risk)) return false
  return query.search === null || matchesSearch(record, query.search)
}

function isWithin(at: Instant, range: InstantRange | null): boolean {
  if (range === null) return true
  return (range.from === null || at >= range.from) && (range.until === null || at < range.until)
}

function hasFacet(record: SessionRecord, { facet, is, values }: FacetCondition): boolean {
  return values.includes(facetOf(record, facet)) === (is === 'one-of')
}

/** `unknown` where it is not known. */
export function facetOf({ deviceInfo, place }: SessionRecord, facet: SessionFacet): string {
  switch (facet) {
    case 'device_type':
      return deviceInfo.type
    case 'browser':
      return deviceInfo.browser
    case 'os':
      return deviceInfo.os
    case 'country':
      return place?.country ?? 'unknown'
    case 'network':
      return String(place?.network?.asn ?? 'unknown')
  }
}

function isAtRisk({ alerts }: Records, { id }: SessionRecord, risk: Severity): boolean {
  const least = severities.indexOf(risk)
  return [...alerts.values()].some(
    ({ sessionId, state, severity }) =>
      sessionId === id &&
      (state === 'open' || state === 'acknowledged') &&
      severities.indexOf(severity) >= least,
  )
}

function matchesSearch(record: SessionRecord, search: SessionSearch): boolean {
  return (
    record.userId.startsWith(search.text) ||
    record.id.startsWith(search.text) ||
    (search.address !== null && record.addressKey === search.address) ||
    search.userIds.includes(record.userId)
  )
}
