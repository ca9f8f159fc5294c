import type { Instant } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
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
  const count = (tally: Partial<Tally>, as: As): Promise<readonly Rollup[]> =>
    tallied(wiring, query, { ...nothing, ...period, ...tally }, as)
  const sums = async (of: Pick<Tally, 'interval' | 'from' | 'until'>): Promise<readonly Rollup[]> => [
    ...(await count({ ...of, measure: 'created' }, { measure: 'created', dimension: 'all' })),
    ...(await count({ ...of, measure: 'ended' }, { measure: 'ended', dimension: 'all' })),
    ...(await count({ ...of, measure: 'ended', by: 'reason' }, { measure: 'ended', dimension: 'reason' })),
    ...(groupBy === null || groupBy === 'reason'
      ? []
      : await count(
          { ...of, measure: 'created', by: groupBy },
          { measure: measureOf(groupBy), dimension: groupBy },
        )),
  ]
  const users = { measure: 'distinct-users', dimension: 'all' } as const
  return {
    rollups: [
      ...(await sums({ interval, ...period })),
      ...(await count({ measure: 'distinct-users', interval }, users)),
    ],
    earlier: earlier === null ? null : await sums({ interval: null, ...earlier }),
    durations: await count(
      { measure: 'duration', bounds: durationBounds },
      { measure: 'duration', dimension: 'duration', start: period.from },
    ),
    told: new Set(['created', 'ended', 'distinct-users', 'duration']),
  }
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
  // One after another, with everybody else in between: each looks at every session of the filter.
  await nextTurn()
  const found = await storage.statistics.tally(query, tally)
  return found.map((rollup) => ({ ...rollup, measure, dimension, start: start ?? rollup.start }))
}
