import type { Instant } from '../foundation/time.ts'
import type { Rollup, RollupDimension, RollupMeasure } from '../model/rollup.ts'
import type { SessionQuery } from '../model/session-filter.ts'
import type { Tally } from '../ports/session-statistics.ts'
import { measureOf } from '../rules/analytics-of-rollups.ts'
import { durationBounds } from '../rules/duration-histogram.ts'
import type { CountedPeriods, Numbers } from './analytics-numbers.ts'
import type { SessionConditions } from './check-filter.ts'
import { queryFor } from './list-sessions.ts'
import type { Wiring } from './wiring.ts'

/** The same numbers, counted now from the sessions on record. Tokens that were shown, and devices, are not told. */
export async function talliedRollups(
  wiring: Wiring,
  conditions: SessionConditions,
  { period, earlier, interval, groupBy }: CountedPeriods,
): Promise<Numbers> {
  const query = await queryFor(wiring, conditions)
  const both = { from: earlier.from, until: period.until }
  const count = (tally: Partial<Tally>, as: As): Promise<readonly Rollup[]> =>
    tallied(wiring, query, { ...nothing, ...both, ...tally }, as)
  const rollups = [
    await count({ measure: 'created', interval }, { measure: 'created', dimension: 'all' }),
    await count({ measure: 'ended', interval }, { measure: 'ended', dimension: 'all' }),
    await count({ measure: 'ended', interval, by: 'reason' }, { measure: 'ended', dimension: 'reason' }),
    await count(
      { measure: 'distinct-users', interval, ...period },
      { measure: 'distinct-users', dimension: 'all' },
    ),
    groupBy === null || groupBy === 'reason'
      ? []
      : await count(
          { measure: 'created', interval, by: groupBy },
          { measure: measureOf(groupBy), dimension: groupBy },
        ),
  ].flat()
  const durations = await count(
    { measure: 'duration', ...period, bounds: durationBounds },
    { measure: 'duration', dimension: 'duration', start: period.from },
  )
  return { rollups, durations, told: new Set(['created', 'ended', 'distinct-users', 'duration']) }
}

const nothing: Tally = { measure: 'created', interval: null, from: null, until: null, by: null, bounds: [] }

/** Under which names a tally stands among rollups. */
interface As {
  readonly measure: RollupMeasure
  readonly dimension: RollupDimension
  /** Of one bucket that has none of its own. */
  readonly start?: Instant
}

async function tallied(
  { storage }: Wiring,
  query: SessionQuery,
  tally: Tally,
  { measure, dimension, start }: As,
): Promise<readonly Rollup[]> {
  const found = await storage.statistics.tally(query, tally)
  return found.map((rollup) => ({ ...rollup, measure, dimension, start: start ?? rollup.start }))
}
