import type { Rollup, RollupDimension } from '../../model/rollup.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import type { Tally } from '../../ports/session-statistics.ts'
import type { Statements } from './connection.ts'
import { facetOf } from './facets.ts'
import { type Big, toInstant } from './row.ts'
import { where } from './session-conditions.ts'
import { sessionDuration } from './session-duration.ts'
import { everyOneOf } from './session-query.ts'
import { fromStoredText } from './stored-text.ts'

const millisecondsOf = { hour: 3_600_000, day: 86_400_000 } as const

const duration = sessionDuration('user_sessions')

/** Sorted by bytes, as the factors of a sign-in are in rollups. */
const method = `(SELECT coalesce(string_agg(factor, '+' ORDER BY factor COLLATE "C"), 'unknown')
  FROM jsonb_array_elements_text(amr) AS factor)`

interface TalliedRow {
  readonly start: Big
  readonly value: string
  readonly count: Big
  readonly sum: Big
}

/** One statement: grouped where the rows are. */
export async function tallySessions(
  statements: Statements,
  query: SessionQuery,
  tally: Tally,
): Promise<readonly Rollup[]> {
  const { conditions, values } = everyOneOf(query)
  const rows = await statements.all<TalliedRow>(statementOf(tally, conditions), {
    ...values,
    tallyFrom: tally.from,
    tallyUntil: tally.until,
    durations: tally.bounds,
  })
  return rows.map((row) => ({
    interval: tally.interval ?? 'day',
    start: toInstant(row.start),
    measure: tally.measure,
    dimension: dimensionOf(tally),
    value: fromStoredText(row.value),
    count: Number(row.count),
    sum: Number(row.sum),
  }))
}

function statementOf(tally: Tally, ofQuery: readonly string[]): string {
  const { measure, interval, from, until } = tally
  const isOfEnded = measure === 'ended' || measure === 'duration'
  const at = isOfEnded ? 'invalidated_at' : 'created_at'
  const start = interval === null ? '0' : `${at} / ${millisecondsOf[interval]} * ${millisecondsOf[interval]}`
  const conditions = [
    ...ofQuery,
    ...(isOfEnded ? ['invalidated_at IS NOT NULL'] : []),
    ...(from === null ? [] : [`${at} >= :tallyFrom::bigint`]),
    ...(until === null ? [] : [`${at} < :tallyUntil::bigint`]),
  ]
  return `SELECT ${start} AS start, ${groupOf(tally)} AS value,
    count(${measure === 'distinct-users' ? 'DISTINCT user_id' : '*'}) AS count,
    ${measure === 'duration' ? `sum(${duration})` : '0'} AS sum
  FROM user_sessions${where(conditions)} GROUP BY 1, 2 ORDER BY 1, 2`
}

/** A duration is a whole number: as many bounds as are below it. */
function groupOf({ measure, by }: Tally): string {
  if (measure === 'duration') return `width_bucket(${duration} - 1, :durations::bigint[])::text`
  if (by === null) return "''"
  if (by === 'reason') return "coalesce(end_reason, 'unknown')"
  return by === 'method' ? method : facetOf(by, 'user_sessions')
}

function dimensionOf({ measure, by }: Tally): RollupDimension {
  return measure === 'duration' ? 'duration' : (by ?? 'all')
}
