import { invalidArgument } from '../../foundation/errors.ts'
import type { PageRequest } from '../../foundation/page.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { Connection, Values } from './connection.ts'
import { readColumns } from './row.ts'
import {
  facetsOfMany,
  facetsOfRow,
  found,
  foundTwice,
  openOfThen,
  plainConditions,
  riskySessions,
  searchCondition,
  valuesOf,
  where,
} from './session-conditions.ts'

export interface Statement {
  readonly sql: string
  readonly values: Values
}

/** One session more than the page holds, which says whether another page follows. */
export function listStatement(connection: Connection, query: SessionQuery, page: PageRequest): Statement {
  const { from, conditions, values } = selectionOf(connection, query, 'user_sessions_newest')
  if (page.cursor !== null) conditions.push(beforeCursor)
  return {
    sql: `SELECT ${readColumns} FROM ${from}${where(conditions)} ORDER BY created_at DESC, id DESC LIMIT :limit`,
    values: { ...values, ...cursorValues(page.cursor), limit: page.limit + 1 },
  }
}

export function countStatement(connection: Connection, query: SessionQuery): Statement {
  const index = query.facets.length > 0 ? 'user_sessions_by_facets' : 'user_sessions_newest'
  const { from, conditions, values } = selectionOf(connection, query, index)
  return { sql: `SELECT count(*) AS count FROM ${from}${where(conditions)}`, values }
}

/** `<createdAt>.<id>` of the last item: what comes after it does not depend on what was added before it. */
export function cursorAfter(last: { readonly createdAt: number; readonly id: SessionId }): string {
  return `${last.createdAt}.${last.id}`
}

export const beforeCursor = '(created_at, id) < (:cursorAt, :cursorId)'

export function cursorValues(cursor: string | null): Values {
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

/** What a query is answered by that names no rows. */
export type WalkIndex =
  | 'user_sessions_newest'
  | 'user_sessions_by_facets'
  | 'user_sessions_by_use'
  | 'user_sessions_ended'

/** By the index of what is named in the query; everything else is walked through by `walk`. */
export function selectionOf(connection: Connection, query: SessionQuery, walk: WalkIndex): Selection {
  const values = valuesOf(query)
  const conditions = plainConditions(query)
  const few = fewRowsOf(connection, query, values)
  if (few !== null) {
    conditions.push(...few, ...facetsOfRow(query))
    return { from: 'user_sessions', conditions, values }
  }
  if (query.search !== null) conditions.push(searchCondition)
  const index = indexFor(query)
  conditions.push(...(index === null ? facetsOfMany(query) : facetsOfRow(query)))
  return { from: `user_sessions INDEXED BY ${index ?? walk}`, conditions, values }
}

/** Named, so that no statistics and no later version of the planner can choose a scan instead. Null: there is none. */
function indexFor(query: SessionQuery): string | null {
  if (query.userId !== null) return 'user_sessions_by_user'
  if (query.ipAddress !== null) return 'user_sessions_by_address'
  return query.addressRange === null ? null : 'user_sessions_by_range'
}

/** Whether nothing in the query but its facets names an index or rows. */
export function isWalk(query: SessionQuery): boolean {
  return indexFor(query) === null && query.search === null && query.risk === null
}

/**
 * Up to this many matches are collected by their indexes and sorted. Above it a page is filled by reading on from
 * the newest, which a match among few others would make a walk through the whole table.
 */
const narrowLimit = 5_000

/** Of what was created before an instant most has ended, which a walk from there would read on through. */
function isOldAndLive({ state, created, search, risk, facets }: SessionQuery): boolean {
  return state === 'live' && created?.until != null && search === null && risk === null && facets.length === 0
}

/** Conditions that name the rows, where a search, a risk or an old time finds few. Null: it finds many, or there is none, or another index does. */
function fewRowsOf(connection: Connection, query: SessionQuery, values: Values): readonly string[] | null {
  if (query.userId !== null || query.ipAddress !== null) return null
  const isFew = (rows: string): boolean => {
    const sql = `SELECT count(*) AS count FROM (${rows} LIMIT ${narrowLimit + 1})`
    return (connection.get<{ count: number }>(sql, values)?.count ?? 0) <= narrowLimit
  }
  const searched = query.search === null ? [] : [searchCondition]
  if (query.search !== null && isFew(foundTwice)) return [`rowid IN (${found})`]
  if (isOldAndLive(query) && isFew(openOfThen(query))) return [`rowid IN (${openOfThen(query)})`]
  if (query.risk === null || !isFew(riskySessions)) return null
  return [`rowid IN (SELECT rowid FROM user_sessions WHERE id IN (${riskySessions}))`, ...searched]
}
