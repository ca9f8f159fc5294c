import { invalidArgument } from '../../foundation/errors.ts'
import type { PageRequest } from '../../foundation/page.ts'
import type { SessionQuery, SessionSearch } from '../../model/session-filter.ts'
import { type SessionId, shardOfUser } from '../../model/session-token.ts'
import type { Connection, Values } from './connection.ts'
import { boundsValues, liveCondition } from './live-condition.ts'
import { readColumns } from './row.ts'

interface Statement {
  readonly sql: string
  readonly values: Values
}

/** One session more than the page holds, which says whether another page follows. */
export function listStatement(connection: Connection, query: SessionQuery, page: PageRequest): Statement {
  const { from, conditions, values } = selectionOf(connection, query)
  if (page.cursor !== null) conditions.push('(created_at, id) < (:cursorAt, :cursorId)')
  return {
    sql: `SELECT ${readColumns} FROM ${from}${where(conditions)} ORDER BY created_at DESC, id DESC LIMIT :limit`,
    values: { ...values, ...cursorValues(page.cursor), limit: page.limit + 1 },
  }
}

export function countStatement(connection: Connection, query: SessionQuery): Statement {
  const { from, conditions, values } = selectionOf(connection, query)
  return { sql: `SELECT count(*) AS count FROM ${from}${where(conditions)}`, values }
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
  readonly from: string
  readonly conditions: string[]
  readonly values: Values
}

function selectionOf(connection: Connection, query: SessionQuery): Selection {
  const conditions: string[] = []
  let values: Values = boundsValues(query.bounds)
  if (query.userId !== null) {
    conditions.push('user_id = :userId AND shard = :shard')
    values = { ...values, userId: query.userId, shard: shardOfUser(query.userId) }
  }
  if (query.state !== null) conditions.push(query.state === 'live' ? liveCondition : `NOT ${liveCondition}`)
  if (query.deviceId !== null) {
    conditions.push('device_id = :deviceId')
    values = { ...values, deviceId: query.deviceId }
  }
  if (query.ipAddress !== null) {
    conditions.push('address_key = :ipAddress')
    values = { ...values, ipAddress: query.ipAddress }
  }
  if (query.deviceType !== null) {
    conditions.push("device_info ->> '$.type' = :deviceType")
    values = { ...values, deviceType: query.deviceType }
  }
  if (query.search === null) return { from: `user_sessions ${indexFor(query)}`, conditions, values }
  const searched = { ...values, ...searchValues(query.search) }
  if (query.userId === null && query.ipAddress === null && isNarrow(connection, searched)) {
    conditions.push(`rowid IN (${found})`)
    return { from: 'user_sessions', conditions, values: searched }
  }
  conditions.push(searchCondition)
  return { from: `user_sessions ${indexFor(query)}`, conditions, values: searched }
}

/** Named, so that no statistics and no later version of the planner can choose a scan instead. */
function indexFor(query: SessionQuery): string {
  if (query.userId !== null) return 'INDEXED BY user_sessions_by_user'
  if (query.ipAddress !== null) return 'INDEXED BY user_sessions_by_address'
  if (query.deviceType !== null) return 'INDEXED BY user_sessions_by_device_type'
  return 'INDEXED BY user_sessions_newest'
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
}

/** No text that begins with another one comes after that one and the highest code point. */
function searchValues(search: SessionSearch): Values {
  return {
    text: search.text,
    textEnd: `${search.text}\u{10ffff}`,
    userIds: JSON.stringify(search.userIds),
    address: search.address,
  }
}

const searchCondition = `(user_id >= :text AND user_id < :textEnd OR id >= :text AND id < :textEnd
 OR address_key = :address
  OR user_id IN (SELECT value FROM json_each(:userIds)))`

const foundTwice = `SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_user
    WHERE user_id >= :text AND user_id < :textEnd
  UNION ALL SELECT rowid FROM user_sessions WHERE id >= :text AND id < :textEnd
  UNION ALL SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_address
    WHERE address_key = :address
  UNION ALL SELECT rowid FROM user_sessions INDEXED BY user_sessions_by_user
    WHERE user_id IN (SELECT value FROM json_each(:userIds))`

const found = foundTwice.replaceAll('UNION ALL', 'UNION')

/**
 * Up to this many matches are collected by their indexes and sorted. Above it a page is filled by reading on from
 * the newest, which a match among few others would make a walk through the whole table.
 */
const narrowLimit = 5_000

function isNarrow(connection: Connection, values: Values): boolean {
  const row = connection.get<{ count: number }>(
    `SELECT count(*) AS count FROM (${foundTwice} LIMIT ${narrowLimit + 1})`,
    values,
  )
  return (row?.count ?? 0) <= narrowLimit
}
