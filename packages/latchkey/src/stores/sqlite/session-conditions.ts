import { severities } from '../../model/finding.ts'
import type { InstantRange, SessionFilter, SessionQuery, SessionSearch } from '../../model/session-filter.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { Values } from './connection.ts'
import { facetConditions, valuesOfFacets } from './facet-sets.ts'
import { boundsValues, liveCondition } from './live-condition.ts'

/** For every name that a condition of a query may use. */
export function valuesOf(query: SessionQuery): Values {
  const { userId, deviceId, ipAddress, addressRange, created, lastActive, search, risk } = query
  return {
    ...boundsValues(query.bounds),
    ...valuesOfFacets(query.facets),
    ...(search === null ? {} : searchValues(search)),
    userId,
    shard: userId === null ? null : shardOfUser(userId),
    deviceId,
    ipAddress,
    addressRange,
    createdFrom: created?.from ?? null,
    createdUntil: created?.until ?? null,
    usedFrom: lastActive?.from ?? null,
    usedUntil: lastActive?.until ?? null,
    riskSeverities: risk === null ? null : JSON.stringify(severities.slice(severities.indexOf(risk))),
  }
}

/** All but facets and search, which may be answered in another way. */
export function plainConditions(query: SessionQuery): string[] {
  const conditions: string[] = []
  if (query.userId !== null) conditions.push('user_id = :userId AND shard = :shard')
  if (query.created !== null) conditions.push(...within('created_at', 'created', query.created))
  if (query.state !== null) conditions.push(query.state === 'live' ? liveCondition : `NOT ${liveCondition}`)
  if (query.deviceId !== null) conditions.push('device_id = :deviceId')
  if (query.ipAddress !== null) conditions.push('address_key = :ipAddress')
  if (query.addressRange !== null) conditions.push('range_key = :addressRange')
  if (query.lastActive !== null) conditions.push(...lastActiveConditions(query.lastActive))
  if (query.risk !== null) conditions.push(`id IN (${riskySessions})`)
  return conditions
}

/** No session was used before it was created, which spares a walk from the newest those that are too new. */
function lastActiveConditions(range: InstantRange): readonly string[] {
  const conditions = within('coalesce(last_accessed, created_at)', 'used', range)
  return range.until === null ? conditions : ['created_at < :usedUntil', ...conditions]
}

function within(expression: string, name: string, { from, until }: InstantRange): readonly string[] {
  return [
    ...(from === null ? [] : [`${expression} >= :${name}From`]),
    ...(until === null ? [] : [`${expression} < :${name}Until`]),
  ]
}

/** For rows that are few: each one's combination is looked up. */
export function facetsOfRow({ facets }: SessionFilter): readonly string[] {
  if (facets.length === 0) return []
  return [
    `EXISTS (SELECT 1 FROM session_facet_sets AS sets WHERE sets.id = facet_set AND ${facetConditions(facets)})`,
  ]
}

/** For rows that are many: the combinations are collected once. */
export function facetsOfMany({ facets }: SessionFilter): readonly string[] {
  if (facets.length === 0) return []
  return [`facet_set IN (SELECT sets.id FROM session_facet_sets AS sets WHERE ${facetConditions(facets)})`]
}

/** Sessions that have not ended, of the instants asked for, by the two indexes that hold them all. */
export function openOfThen({ created }: SessionFilter): string {
  const then = created === null ? [] : within('created_at', 'created', created)
  const open = (index: string, lifetime: string): string =>
    `SELECT rowid FROM user_sessions INDEXED BY ${index}${where(['invalidated_at IS NULL', lifetime, ...then])}`
  const asDefault = open('user_sessions_by_start', 'lifetime IS NULL')
  return `${asDefault} UNION ALL ${open('user_sessions_by_requested_start', 'lifetime IS NOT NULL')}`
}

/** Of alerts that nobody has closed. */
export const riskySessions: string = `SELECT session_id FROM session_alerts INDEXED BY session_alerts_unresolved
  WHERE state IN ('open', 'acknowledged') AND severity IN (SELECT value FROM json_each(:riskSeverities))
    AND session_id IS NOT NULL`

/** No text that begins with another one comes after that one and the highest code point. */
function searchValues(search: SessionSearch): Values {
  return {
    text: search.text,
    textEnd: `${search.text}\u{10ffff}`,
    userIds: JSON.stringify(search.userIds),
    address: search.address,
  }
}

export const searchCondition = `(user_id >= :text AND user_id < :textEnd OR id >= :text AND id < :textEnd
 OR address_key = :address
  OR user_id IN (SELECT value FROM json_each(:userIds)))`

/** The rows of a search by their indexes; some of them twice. */
export const foundTwice = `SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_user
    WHERE user_id >= :text AND user_id < :textEnd
  UNION ALL SELECT rowid FROM user_sessions WHERE id >= :text AND id < :textEnd
  UNION ALL SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_address
    WHERE address_key = :address
  UNION ALL SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_user
    WHERE user_id IN (SELECT value FROM json_each(:userIds))`

export const found: string = foundTwice.replaceAll('UNION ALL', 'UNION')

export function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
}
