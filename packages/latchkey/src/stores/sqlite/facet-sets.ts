import { LatchkeyError } from '../../foundation/errors.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { FacetCondition, SessionFacet } from '../../model/session-filter.ts'
import type { Connection, Values } from './connection.ts'

/** The combinations of facets that sessions have; a row of `user_sessions` names its own by `facet_set`. */
const names = 'browser, network, os, country, device_type'

/** Which row it is, by `facetsOf` in order. */
export const isFacetSet = 'browser = ? AND network = ? AND os = ? AND country = ? AND device_type = ?'

/** The number of a session's combination, which is added where it is the first of it; inside a change. */
export function facetSetOf(connection: Connection, record: SessionRecord): number {
  const sql = `SELECT id FROM session_facet_sets WHERE ${isFacetSet}`
  return connection.get<{ id: number }>(sql, facetsOf(record))?.id ?? addFacetSet(connection, record)
}

/** Inside a change. */
export function addFacetSet(connection: Connection, record: SessionRecord): number {
  const sql = `INSERT INTO session_facet_sets (${names}) VALUES (?, ?, ?, ?, ?) RETURNING id`
  const added = connection.get<{ id: number }>(sql, facetsOf(record))
  if (!added) throw new LatchkeyError('storage-failed', 'The database added no row.')
  return added.id
}

/** What is not known is `unknown`. */
export function facetsOf({ deviceInfo, place }: SessionRecord): readonly string[] {
  const asn = place?.network?.asn ?? null
  const network = asn === null ? 'unknown' : `${asn}`
  return [deviceInfo.browser, network, deviceInfo.os, place?.country ?? 'unknown', deviceInfo.type]
}

/** Takes away those of the combinations that no session has any more, so that there are never many more than are in use. */
export function dropUnusedSets(connection: Connection, sets: readonly (number | null)[]): void {
  if (sets.length === 0) return
  connection.run(
    `DELETE FROM session_facet_sets WHERE id IN (SELECT value FROM json_each(:sets)) AND NOT EXISTS (
       SELECT 1 FROM user_sessions INDEXED BY user_sessions_by_facets WHERE facet_set = session_facet_sets.id)`,
    { sets: JSON.stringify([...new Set(sets)]) },
  )
}

/** All of the conditions on a row of `session_facet_sets`; their values are `valuesOfFacets`. */
export function facetConditions(facets: readonly FacetCondition[]): string {
  const conditions = facets.map(({ facet, is }, index) => {
    const not = is === 'none-of' ? 'NOT ' : ''
    return `${columnOf(facet)} ${not}IN (SELECT value FROM json_each(:facet${index}))`
  })
  return conditions.join(' AND ')
}

export function valuesOfFacets(facets: readonly FacetCondition[]): Values {
  return Object.fromEntries(facets.map(({ values }, index) => [`facet${index}`, JSON.stringify(values)]))
}

/** At most `limit` combinations for which all of the conditions hold. */
export function matchingSets(
  connection: Connection,
  facets: readonly FacetCondition[],
  limit: number,
): readonly number[] {
  const sql = `SELECT id FROM session_facet_sets WHERE ${facetConditions(facets)} LIMIT :limit`
  return connection.all<{ id: number }>(sql, { ...valuesOfFacets(facets), limit }).map(({ id }) => id)
}

/** Of `session_facet_sets`. */
export function columnOf(facet: SessionFacet): string {
  return facet
}
