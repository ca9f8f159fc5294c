import { invalidArgument } from '../../foundation/errors.ts'
import type { PageRequest } from '../../foundation/page.ts'
import type { SessionQuery, SessionSearch } from '../../model/session-filter.ts'
import { type SessionId, shardOfUser } from '../../model/session-token.ts'
import { orNull } from './json-columns.ts'
import { boundsValues, liveCondition } from './live-condition.ts'
import { foundColumns } from './row.ts'
import type { Values } from './statement.ts'
import { toStoredText } from './stored-text.ts'

interface Statement {
  readonly sql: string
  readonly values: Values
}

/** One session more than the page holds, which says whether another page follows. */
export function listStatement(query: SessionQuery, page: PageRequest): Statement {
  const { conditions, values } = selectionOf(query)
  if (page.cursor !== null) conditions.push('(created_at, id) < (:cursorAt::bigint, :cursorId::text)')
  return {
    sql: `SELECT ${foundColumns} FROM user_sessions${where(conditions)}
      ORDER BY created_at DESC, id DESC LIMIT :limit::bigint`,
    values: { ...values, ...cursorValues(page.cursor), limit: page.limit + 1 },
  }
}

export function countStatement(query: SessionQuery): Statement {
  const { conditions, values } = selectionOf(query)
  return { sql: `SELECT count(*) AS count FROM user_sessions${where(conditions)}`, values }
}

/** `<createdAt>.<id>` of the last item: what comes after it does not depend on what was added before it. */
export function cursorAfter(last: { readonly createdAt: number; readonly id: SessionId }): string {
  return `${last.createdAt}.${last.id}`
}

function cursorValues(cursor: string | null): Values {
  if (cursor === null) return {}
  const [, at, id] = /^(\d{1,16})\.(ses_[a-z2-7]{24})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined)
    throw invalidArgument('cursor', 'must be one that a page came with')
  return { cursorAt: Number(at), cursorId: id }
}

interface Selection {
  readonly conditions: string[]
  readonly values: Values
}

function selectionOf(query: SessionQuery): Selection {
  const conditions: string[] = []
  let values: Values = boundsValues(query.bounds)
  if (query.userId !== null) {
    conditions.push('user_id = :userId::text AND shard = :shard::smallint')
    values = { ...values, userId: toStoredText(query.userId), shard: shardOfUser(query.userId) }
  }
  if (query.state !== null) conditions.push(query.state === 'live' ? liveCondition : `NOT ${liveCondition}`)
  if (query.ipAddress !== null) {
    conditions.push('address_key = :addressKey::text')
    values = { ...values, addressKey: toStoredText(query.ipAddress) }
  }
  if (query.deviceId !== null) {
    conditions.push('device_id = :deviceId::text')
    values = { ...values, deviceId: query.deviceId }
  }
  if (query.deviceType !== null) {
    conditions.push("device_info ->> 'type' = :deviceType::text")
    values = { ...values, deviceType: query.deviceType }
  }
  if (query.search !== null) {
    conditions.push(searchCondition)
    values = { ...values, ...searchValues(query.search) }
  }
  return { conditions, values }
}

function where(conditions: readonly string[]): string {
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
