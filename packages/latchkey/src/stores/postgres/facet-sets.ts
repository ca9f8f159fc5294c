import type { SessionRecord } from '../../model/session.ts'
import type { SessionFacet } from '../../model/session-filter.ts'
import type { Statements } from './connection.ts'
import { facetKey, facetSetColumns, facetSetValues, facets, facetsFrom } from './facets.ts'
import type { Big } from './row.ts'
import { toStoredText } from './stored-text.ts'

/** Which combinations of facets sessions have: what a search by facets goes through, instead of through the sessions. */
export interface FacetSets {
  /** Notes that of a session before it is added or changed. Null: it is noted already, as nearly all are. */
  note(record: Pick<SessionRecord, 'deviceInfo' | 'place'>): Promise<void> | null
  /** Notes once more those of the sessions since the last time: what this process takes for noted, another one may have forgotten. */
  noteAgain(): Promise<void>
}

/** Combinations that a process remembers to be noted, some 100 bytes each. Fewer: it says again what is known, at the price of a commit. */
const mostRemembered = 50_000

/** In the order of their key, so that two statements do not wait for one another in a circle. */
const addSets = (source: string): string => `INSERT INTO session_facet_sets (${facetSetColumns})
  SELECT DISTINCT ${facetSetValues} FROM ${source} ORDER BY 1 ON CONFLICT DO NOTHING`

const noteStatement = addSets(
  `unnest(${facets.map((facet) => `:${facet}::text[]`).join(', ')}) AS noted (${facets.join(', ')})`,
)

const loadStatement = `SELECT ${facets.join(', ')} FROM session_facet_sets LIMIT ${mostRemembered}`

type Facets = Readonly<Record<SessionFacet, string>>

function facetsOf({ deviceInfo, place }: Pick<SessionRecord, 'deviceInfo' | 'place'>): Facets {
  const asn = place?.network?.asn ?? null
  return {
    device_type: deviceInfo.type,
    browser: toStoredText(deviceInfo.browser),
    os: toStoredText(deviceInfo.os),
    country: toStoredText(place?.country ?? 'unknown'),
    network: asn === null ? 'unknown' : `${asn}`,
  }
}

function nameOf(set: Facets): string {
  return JSON.stringify(facets.map((facet) => set[facet]))
}

/** What a process knows to be noted, by name. What is there already is read with the first. */
class NotedSets {
  readonly #statements: Statements
  #names: Set<string> | null = null

  constructor(statements: Statements) {
    this.#statements = statements
  }

  has(name: string): boolean {
    return this.#names?.has(name) === true
  }

  async add(sets: ReadonlyMap<string, Facets>): Promise<void> {
    this.#names ??= new Set((await this.#statements.all<Facets>(loadStatement)).map(nameOf))
    const unknown = new Map([...sets].filter(([name]) => !this.has(name)))
    await this.write(unknown)
    if (this.#names.size > mostRemembered) this.#names.clear()
    for (const name of unknown.keys()) this.#names.add(name)
  }

  /** Whether or not they are known. */
  async write(sets: ReadonlyMap<string, Facets>): Promise<void> {
    if (sets.size === 0) return
    const columns = facets.map((facet) => [facet, [...sets.values()].map((set) => set[facet])])
    await this.#statements.all(noteStatement, Object.fromEntries(columns))
  }
}

/** Those that come in one turn of the event loop, or while a statement is under way, share the next one. */
export function facetSets(statements: Statements): FacetSets {
  const noted = new NotedSets(statements)
  const used = new Map<string, Facets>()
  let waiting = new Map<string, Facets>()
  let next: Promise<void> | null = null
  let last: Promise<unknown> = Promise.resolve()

  async function noteWaiting(): Promise<void> {
    await last.catch(() => {})
    last = noted.add(waiting)
    waiting = new Map()
    next = null
    await last
  }

  return {
    note(record) {
      const set = facetsOf(record)
      const name = nameOf(set)
      used.set(name, set)
      if (noted.has(name)) return null
      waiting.set(name, set)
      next ??= noteWaiting()
      return next
    },
    async noteAgain() {
      const sets = new Map(used)
      await noted.write(sets)
      for (const name of sets.keys()) used.delete(name)
    },
  }
}

/** Sessions whose combination is looked at again: more than come in a minute from nodes of the version before. */
const newestNoted = 5_000

const noteNewestStatement = addSets(`(SELECT ${facetsFrom('newest')} FROM (
  SELECT device_info, place FROM user_sessions ORDER BY created_at DESC LIMIT ${newestNoted}) AS newest) AS noted`)

/** Those of the newest sessions: of nodes of the version before, which note none. */
export async function noteNewestFacets(statements: Statements): Promise<void> {
  await statements.all(noteNewestStatement)
}

const forgetStatement = `DELETE FROM session_facet_sets WHERE key = ANY (:keys::bigint[])
  AND NOT EXISTS (SELECT FROM user_sessions WHERE ${facetKey('user_sessions')} = session_facet_sets.key)`

/** Those of sessions that are gone, where no other session has them. */
export async function forgetUnusedFacets(statements: Statements, keys: readonly Big[]): Promise<void> {
  if (keys.length > 0) await statements.all(forgetStatement, { keys })
}
