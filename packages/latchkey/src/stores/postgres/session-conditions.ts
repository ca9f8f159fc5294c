import type { InstantRange, SessionQuery, SessionSearch } from '../../model/session-filter.ts'
import { shardOfUser } from '../../model/session-token.ts'
import { severitiesFrom } from './alert-row.ts'
import { facetConditions, facetValues } from './facets.ts'
import { orNull } from './json-columns.ts'
import { boundsValues, liveCondition } from './live-condition.ts'
import type { Values } from './statement.ts'
import { toStoredText } from './stored-text.ts'

/** Conditions that a row of `user_sessions` has to meet, with what stands in them. */
export interface Selection {
  readonly conditions: string[]
  readonly values: Values
}

const lastActive = 'coalesce(last_accessed, created_at)'

/** The sessions of alerts that nobody has resolved. They are few, so that they are looked up one by one. */
export const riskySessions = `SELECT DISTINCT session_id FROM session_alerts
  WHERE state IN ('open', 'acknowledged') AND severity = ANY (:severities::text[]) AND session_id IS NOT NULL`

export function selectionOf(query: SessionQuery): Selection {
  const { userId, state, ipAddress, addressRange, deviceId, search } = query
  const conditions: string[] = []
  if (userId !== null) conditions.push('user_id = :userId::text AND shard = :shard::smallint')
  if (state !== null) conditions.push(state === 'live' ? liveCondition : `NOT ${liveCondition}`)
  if (ipAddress !== null) conditions.push('address_key = :addressKey::text')
  if (addressRange !== null) conditions.push('range_key = :rangeKey::text')
  if (deviceId !== null) conditions.push('device_id = :deviceId::text')
  if (search !== null) conditions.push(searchCondition)
  conditions.push(...facetConditions(query.facets))
  conditions.push(...createdConditions(query), ...lastActiveConditions(query.lastActive))
  if (query.risk !== null) conditions.push(`id IN (${riskySessions})`)
  return { conditions, values: valuesOf(query) }
}

/** Nobody was active before their session was created, which narrows the search down along its index. */
export function createdConditions({ created, lastActive }: SessionQuery): readonly string[] {
  const conditions: string[] = []
  if (created?.from != null) conditions.push('created_at >= :createdFrom::bigint')
  if (created?.until != null) conditions.push('created_at < :createdBefore::bigint')
  if (lastActive?.until != null) conditions.push('created_at < :activeBefore::bigint')
  return conditions
}

function lastActiveConditions(range: InstantRange | null): readonly string[] {
  const conditions: string[] = []
  if (range?.from != null) conditions.push(`${lastActive} >= :activeFrom::bigint`)
  if (range?.until != null) conditions.push(`${lastActive} < :activeBefore::bigint`)
  return conditions
}

function valuesOf(query: SessionQuery): Values {
  const { userId, created, lastActive, search } = query
  return {
    ...boundsValues(query.bounds),
    userId: orNull(userId, toStoredText),
    shard: orNull(userId, shardOfUser),
    addressKey: orNull(query.ipAddress, toStoredText),
    rangeKey: orNull(query.addressRange, toStoredText),
    deviceId: query.deviceId,
    createdFrom: created?.from,
    createdBefore: created?.until,
    activeFrom: lastActive?.from,
    activeBefore: lastActive?.until,
    severities: orNull(query.risk, severitiesFrom),
    ...facetValues(query.facets),
    ...(search === null ? {} : searchValues(search)),
  }
}

export function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
}

const searchCondition = `(user_id >= :text::text AND user_id < :textEnd::text
  OR id >= :text::text AND id < :textEnd::text
  OR address_key = :address::text
  OR user_id = ANY (:userIds::text[]))`

/** By bytes, no text that begins with another one comes after that one and the highest code point. */
function searchValues(search: SessionSearch): Values {
  const text = toStoredText(search.text)
  return {
    text,
    textEnd: `${text}\u{10ffff}`,
    userIds: search.userIds.map(toStoredText),
    address: orNull(search.address, toStoredText),
  }
}
