import { invalidArgument } from '../../foundation/errors.ts'
import type { PageRequest } from '../../foundation/page.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import type { SessionId } from '../../model/session-token.ts'
import { facetKey, facetKeys } from './facets.ts'
import { foundColumns } from './row.ts'
import { createdConditions, riskySessions, type Selection, selectionOf, where } from './session-conditions.ts'
import type { Values } from './statement.ts'

interface Statement {
  readonly sql: string
  readonly values: Values
}

/** One session more than the page holds, which says whether another page follows. */
export function listStatement(query: SessionQuery, page: PageRequest): Statement {
  const { conditions, values } = selectionOf(query)
  const afterCursor = page.cursor === null ? [] : ['(created_at, id) < (:cursorAt::bigint, :cursorId::text)']
  const selection = { conditions: [...conditions, ...afterCursor], values }
  return {
    sql: pageOf(query, selection, [...createdConditions(query), ...afterCursor]),
    values: { ...values, ...cursorValues(page.cursor), limit: page.limit + 1 },
  }
}

function pageOf(query: SessionQuery, { conditions }: Selection, inTime: readonly string[]): string {
  if (query.userId !== null) return newest(`user_sessions${where(conditions)}`)
  if (query.risk !== null) return newestAtRisk(conditions)
  if (isNarrowed(query)) return newest(`user_sessions${where(conditions)}`)
  if (query.facets.length > 0) return newestByFacets(query, conditions, inTime)
  return query.state === 'live' ? newestLive(conditions) : newest(`user_sessions${where(conditions)}`)
}

/** Whether something narrows the search down further than facets do, and has an index. */
function isNarrowed({ ipAddress, addressRange, search }: SessionQuery): boolean {
  return ipAddress !== null || addressRange !== null || search !== null
}

function newest(source: string): string {
  return `SELECT ${foundColumns} FROM ${source}
    ORDER BY user_sessions.created_at DESC, user_sessions.id DESC LIMIT :limit::bigint`
}

const chosen = 'ORDER BY created_at DESC, id DESC LIMIT :limit::bigint'

/** All there are, or those that have not ended: in two halves, each of which has its index by time. */
function halvesOf(state: SessionQuery['state']): readonly string[][] {
  if (state !== 'live') return [[]]
  return ['lifetime IS NULL', 'lifetime IS NOT NULL'].map((half) => ['invalidated_at IS NULL', half])
}

/** So that it does not matter how many there are besides those that have not ended. */
function newestLive(conditions: readonly string[]): string {
  const halves = halvesOf('live').map(
    (half) => `(SELECT id, shard FROM user_sessions${where([...half, ...conditions])} ${chosen})`,
  )
  return newestOf(halves.join(' UNION ALL '))
}

/** Whole rows, of what brings `id` and `shard`: `OFFSET` has each looked up, whatever the planner expects. */
function newestOf(found: string): string {
  return newest(`(${found}) AS chosen CROSS JOIN LATERAL (SELECT * FROM user_sessions
    WHERE user_sessions.id = chosen.id AND user_sessions.shard = chosen.shard OFFSET 0) AS user_sessions`)
}

/** From the alerts, however few sessions of all that are. */
function newestAtRisk(conditions: readonly string[]): string {
  return `WITH risky AS MATERIALIZED (${riskySessions})
  ${newest(`risky CROSS JOIN LATERAL (SELECT * FROM user_sessions
    WHERE user_sessions.id = risky.session_id OFFSET 0) AS user_sessions${where(conditions)}`)}`
}

/**
 * Sessions that are looked at one after the other, newest first, before the index by facets is asked. A filter that meets
 * one in thirty fills its page from them. More: rare ones wait for nothing. Fewer: the index brings many, of which few
 * are shown.
 */
const lookedAt = 2_000

/**
 * By two ways, and no estimate of the planner decides between them: what it knows of each facet by itself says nothing
 * of two together. Along the time, for as many as are looked at; where there are more, and these do not fill the page, along
 * the index, the newest of each combination of facets, of which there are some thousands at most.
 */
function newestByFacets(
  query: SessionQuery,
  conditions: readonly string[],
  inTime: readonly string[],
): string {
  const isLive = query.state === 'live' ? '(true)' : '(true), (false)'
  const looked = halvesOf(query.state).map(
    (half) => `(SELECT id, shard, created_at, (${conditions.join(' AND ')}) AS is_met
    FROM user_sessions${where([...half, ...inTime])} ORDER BY created_at DESC, id DESC LIMIT ${lookedAt})`,
  )
  const isOfSet = [
    `${facetKey('user_sessions')} = combination.key`,
    'is_active = state.is_live',
    // Nearly all of a combination meet them, which the planner would not believe: it would fetch all of it, and sort.
    `CASE WHEN ${conditions.join(' AND ')} THEN true ELSE false END`,
  ]
  return `WITH looked AS MATERIALIZED (
  SELECT * FROM (${looked.join(' UNION ALL ')}) AS looked ORDER BY created_at DESC, id DESC LIMIT ${lookedAt}),
met AS MATERIALIZED (SELECT id, shard FROM looked WHERE is_met ${chosen}),
way AS MATERIALIZED (SELECT (SELECT count(*) FROM looked) < ${lookedAt}
  OR (SELECT count(*) FROM met) = :limit::bigint AS is_near),
combination AS MATERIALIZED (${facetKeys(query.facets)}),
far AS (
  SELECT found.* FROM combination CROSS JOIN (VALUES ${isLive}) AS state (is_live) CROSS JOIN LATERAL (
    SELECT id, shard, created_at FROM user_sessions${where(isOfSet)} ${chosen}) AS found
  WHERE NOT (SELECT is_near FROM way) ${chosen})
${newestOf(`SELECT id, shard FROM met WHERE (SELECT is_near FROM way) UNION ALL SELECT id, shard FROM far`)}`
}

export function countStatement(query: SessionQuery): Statement {
  const { conditions, values } = everyOneOf(query)
  return { sql: `SELECT count(*) AS count FROM user_sessions${where(conditions)}`, values }
}

/** For whoever looks at all of them: with what leads to them along the index by facets, where nothing narrows it down further. */
export function everyOneOf(query: SessionQuery): Selection {
  const { conditions, values } = selectionOf(query)
  if (query.userId !== null || query.facets.length === 0 || isNarrowed(query)) return { conditions, values }
  const isOfSets = `${facetKey('user_sessions')} = ANY (ARRAY(${facetKeys(query.facets)}))`
  return { conditions: [isOfSets, ...conditions], values }
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
