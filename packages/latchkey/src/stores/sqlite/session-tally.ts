import type { Instant } from '../../foundation/time.ts'
import type { Rollup, RollupDimension } from '../../model/rollup.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import type { Tally } from '../../ports/session-statistics.ts'
import type { Connection } from './connection.ts'
import { columnOf } from './facet-sets.ts'
import { where } from './session-conditions.ts'
import { sessionDuration } from './session-duration.ts'
import { type Statement, selectionOf, type WalkIndex } from './session-query.ts'

const millisecondsOf = { hour: 3_600_000, day: 86_400_000 } as const

/** The factors by the bytes of their names, as in rollups. */
const method = `coalesce((SELECT group_concat(factor, '+') FROM (
  SELECT value AS factor FROM json_each(amr) ORDER BY 1)), 'unknown')`

type TalliedRow = Pick<Rollup, 'start' | 'value' | 'count' | 'sum'>

/** One statement: grouped where the rows are. */
export function tallySessions(connection: Connection, query: SessionQuery, tally: Tally): readonly Rollup[] {
  const { sql, values } = tallyStatement(connection, query, tally)
  const rows = connection.all<TalliedRow>(sql, {
    ...values,
    tallyFrom: tally.from,
    tallyUntil: tally.until,
  })
  const interval = tally.interval ?? 'day'
  const dimension = dimensionOf(tally)
  return rows.map(({ start, value, count, sum }) => ({
    interval,
    start,
    measure: tally.measure,
    dimension,
    value,
    count,
    sum,
  }))
}

function tallyStatement(connection: Connection, query: SessionQuery, tally: Tally): Statement {
  const { measure, interval, from, until } = tally
  const isOfEnded = measure === 'ended' || measure === 'duration'
  const at = isOfEnded ? 'invalidated_at' : 'created_at'
  const length = interval === null ? null : millisecondsOf[interval]
  const walk = walkOf(query, tally, isOfEnded)
  const selection = selectionOf(connection, query, walk)
  const conditions = [
    ...(isOfEnded ? ['invalidated_at IS NOT NULL'] : []),
    ...(walk === 'user_sessions_by_use' ? ['invalidated_at IS NULL'] : []),
    ...(from === null ? [] : [`${at} >= :tallyFrom`]),
    ...(until === null ? [] : [`${at} < :tallyUntil`]),
    ...selection.conditions,
  ]
  const matching = `${selection.from}${where(conditions)}`
  // Otherwise the duration would be computed anew at each bound.
  const durations = `WITH ended AS MATERIALIZED (SELECT ${at}, ${sessionDuration} AS lasted FROM ${matching})
    `
  const sql = `${measure === 'duration' ? durations : ''}SELECT ${length === null ? '0' : `${at} - ${at} % ${length}`} AS start, ${valueCounted(tally)} AS value,
      ${measure === 'distinct-users' ? 'count(DISTINCT user_id)' : 'count(*)'} AS count,
      ${measure === 'duration' ? 'sum(lasted)' : '0'} AS sum
    FROM ${measure === 'duration' ? 'ended' : matching} GROUP BY 1, 2 ORDER BY 1, 2`
  return { sql, values: selection.values }
}

/** What is read where nothing in the query names an index: a period by its index, else those that are open or of these facets. */
function walkOf(query: SessionQuery, { from, until }: Tally, isOfEnded: boolean): WalkIndex {
  if (isOfEnded) return 'user_sessions_ended'
  if (from !== null || until !== null || query.created !== null) return 'user_sessions_newest'
  if (query.state === 'live') return 'user_sessions_by_use'
  return query.facets.length > 0 ? 'user_sessions_by_facets' : 'user_sessions_newest'
}

function valueCounted({ measure, by, bounds }: Tally): string {
  if (measure === 'duration') return `CAST(${firstNotPassed(bounds, 0, bounds.length)} AS TEXT)`
  if (by === null) return "''"
  if (by === 'reason') return "coalesce(end_reason, 'unknown')"
  if (by === 'method') return method
  return `(SELECT ${columnOf(by)} FROM session_facet_sets AS sets WHERE sets.id = facet_set)`
}

/**
 * The index of the first bound that the duration `lasted` does not pass, `to` where it passes each: halved again and again in the text of the
 * statement. To count the bounds below it from a JSON list takes fifty times as long.
 */
function firstNotPassed(bounds: readonly number[], from: number, to: number): string {
  if (from === to) return `${from}`
  const middle = Math.floor((from + to) / 2)
  const [lower, upper] = [firstNotPassed(bounds, from, middle), firstNotPassed(bounds, middle + 1, to)]
  return `CASE WHEN lasted <= ${Number(bounds[middle])} THEN ${lower} ELSE ${upper} END`
}

function dimensionOf({ measure, by }: Tally): RollupDimension {
  return measure === 'duration' ? 'duration' : (by ?? 'all')
}

/** From the front of the index of those that have ended. */
const endedBefore = `SELECT count(*) AS count FROM (
  SELECT 1 FROM user_sessions INDEXED BY user_sessions_ended
  WHERE invalidated_at IS NOT NULL AND invalidated_at < :before LIMIT :most)`

export function countEndedBefore(connection: Connection, before: Instant, most: number): number {
  return connection.get<{ count: number }>(endedBefore, { before, most })?.count ?? 0
}
