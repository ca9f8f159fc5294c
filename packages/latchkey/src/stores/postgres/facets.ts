import type { FacetCondition, SessionFacet } from '../../model/session-filter.ts'
import type { Values } from './statement.ts'
import { toStoredText } from './stored-text.ts'

/** Facts of a row that nobody knows. */
const unknown = "'unknown'"

/** What a session of that table or input has of each facet. An index and the rows of `session_facet_sets` are made of this. */
export function facetOf(facet: SessionFacet, source: string): string {
  return `coalesce(${
    {
      device_type: `${source}.device_info ->> 'type'`,
      browser: `${source}.device_info ->> 'browser'`,
      os: `${source}.device_info ->> 'os'`,
      country: `${source}.place ->> 'country'`,
      network: `${source}.place -> 'network' ->> 'asn'`,
    }[facet]
  }, ${unknown})`
}

export const facets = ['device_type', 'browser', 'os', 'country', 'network'] as const

/**
 * What all sessions of one combination of facets have in common, and hardly any others: whoever finds some by it looks at
 * their facets again. In the words of the index.
 */
export function facetKey(source: string): string {
  return `hashtextextended(${facets.map((facet) => facetOf(facet, source)).join(` || '/' || `)}, 0)`
}

/** As `facetKey`, of a row that has the facets themselves. */
const keyOfFacets = `hashtextextended(${facets.join(` || '/' || `)}, 0)`

/** Characters of a facet that tell one combination from another. */
const told = 100

/** The columns of `session_facet_sets`, and what they hold of a row that has the facets themselves. */
export const facetSetColumns: string = ['key', ...facets].join(', ')
export const facetSetValues: string = [keyOfFacets, ...facets.map((facet) => `left(${facet}, ${told})`)].join(
  ', ',
)

/** The facets of that table, as columns. */
export function facetsFrom(source: string): string {
  return facets.map((facet) => `${facetOf(facet, source)} AS ${facet}`).join(', ')
}

/** Whether the row of `user_sessions` meets them all. */
export function facetConditions(conditions: readonly FacetCondition[]): readonly string[] {
  return conditions.map(({ facet, is }, nth) =>
    compared(facetOf(facet, 'user_sessions'), is, `:facet${nth}::text[]`),
  )
}

/** The keys of the combinations that may have such sessions. */
export function facetKeys(conditions: readonly FacetCondition[]): string {
  const each = conditions.map(({ facet, is }, nth) => compared(facet, is, `:cutFacet${nth}::text[]`))
  return `SELECT DISTINCT key FROM session_facet_sets WHERE ${each.join(' AND ')}`
}

function compared(value: string, is: FacetCondition['is'], list: string): string {
  return is === 'one-of' ? `${value} = ANY (${list})` : `${value} <> ALL (${list})`
}

export function facetValues(conditions: readonly FacetCondition[]): Values {
  const lists = conditions.flatMap(({ is, values }, nth) => {
    const stored = values.map(toStoredText)
    return [
      [`facet${nth}`, stored],
      [`cutFacet${nth}`, is === 'one-of' ? stored.map(cut) : stored.filter((text) => cut(text) === text)],
    ]
  })
  return Object.fromEntries(lists)
}

function cut(text: string): string {
  return [...text].slice(0, told).join('')
}
