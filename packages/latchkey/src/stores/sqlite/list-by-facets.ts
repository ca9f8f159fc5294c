import type { PageRequest } from '../../foundation/page.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { Connection } from './connection.ts'
import { matchingSets } from './facet-sets.ts'
import { inOneSnapshot } from './one-snapshot.ts'
import { readColumns, type SessionRow } from './row.ts'
import { plainConditions, valuesOf } from './session-conditions.ts'
import { beforeCursor, cursorValues, isWalk } from './session-query.ts'

/**
 * Up to so many combinations are read one by one. More: a page costs that many look-ups. Fewer: what has more of them is read
 * from the newest on, and where few sessions match that is a walk through the whole index.
 */
const mostSets = 2_000

interface Place {
  readonly row: number
  readonly created_at: number
  readonly id: SessionId
}

/**
 * The rows of a page, and one more, by the combinations of facets that match: the newest of each, merged. A combination
 * whose newest is older than what was found costs one look-up. Null: they are many, or something else in the query finds fewer.
 */
export function rowsByFacets(
  connection: Connection,
  query: SessionQuery,
  page: PageRequest,
): readonly SessionRow[] | null {
  if (query.facets.length === 0 || !isWalk(query)) return null
  return inOneSnapshot(connection, () => {
    const sets = matchingSets(connection, query.facets, mostSets + 1)
    if (sets.length > mostSets) return null
    const places = newestOf(connection, query, page, sets)
    if (places.length === 0) return []
    return connection.all<SessionRow>(
      `SELECT ${readColumns} FROM user_sessions WHERE rowid IN (SELECT value FROM json_each(:rows))
       ORDER BY created_at DESC, id DESC`,
      { rows: JSON.stringify(places.map(({ row }) => row)) },
    )
  })
}

function newestOf(
  connection: Connection,
  query: SessionQuery,
  page: PageRequest,
  sets: readonly number[],
): readonly Place[] {
  const conditions = [
    'facet_set = :facetSet AND created_at >= :noOlderThan',
    ...plainConditions(query),
    ...(page.cursor === null ? [] : [beforeCursor]),
  ]
  const sql = `SELECT rowid AS row, created_at, id FROM user_sessions INDEXED BY user_sessions_by_facets
    WHERE ${conditions.join(' AND ')} ORDER BY created_at DESC, id DESC LIMIT :limit`
  const limit = page.limit + 1
  const values = { ...valuesOf(query), ...cursorValues(page.cursor), limit }
  let newest: readonly Place[] = []
  for (const facetSet of sets) {
    const noOlderThan = newest.length < limit ? Number.MIN_SAFE_INTEGER : (newest.at(-1)?.created_at ?? 0)
    const found = connection.all<Place>(sql, { ...values, facetSet, noOlderThan })
    if (found.length > 0) newest = [...newest, ...found].sort(newestFirst).slice(0, limit)
  }
  return newest
}

function newestFirst(a: Place, b: Place): number {
  return b.created_at - a.created_at || (a.id < b.id ? 1 : -1)
}
