import { invalidArgument } from '../foundation/errors.ts'
import {
  after,
  before,
  between,
  type Duration,
  days,
  hours,
  type Instant,
  instantOf,
} from '../foundation/time.ts'
import { type RollupInterval, type RollupMeasure, rollupIntervals, rollupMeasures } from '../model/rollup.ts'
import {
  type AnalyticsDurations,
  type AnalyticsPoint,
  type AnalyticsShare,
  type AnalyticsSums,
  durationCounts,
  durationsOf,
  linesOf,
  type Period,
  pointsOf,
  sharesOf,
  sumsOf,
} from '../rules/analytics-of-rollups.ts'
import { type RetentionPoint, retentionCurve } from '../rules/retention-curve.ts'
import { bucketStart } from '../rules/rollups-of-events.ts'
import {
  type AnalyticsGroup,
  analyticsGroups,
  type CountedPeriods,
  type Numbers,
} from './analytics-numbers.ts'
import { checkInstant, checkObject, checkOneOf } from './check-argument.ts'
import { checkFilter, type SessionConditions } from './check-filter.ts'
import { talliedRollups } from './tallied-rollups.ts'
import type { Wiring } from './wiring.ts'

export { type AnalyticsGroup, analyticsGroups } from './analytics-numbers.ts'
export type { AnalyticsDurations, AnalyticsPoint, AnalyticsShare, AnalyticsSums }

/** What is asked. */
export interface AnalyticsQuestion {
  /** The hour or day in which it is is the first one. */
  readonly from: Instant
  /** The hour or day that holds the last millisecond before it is the last one. */
  readonly until: Instant
  readonly interval: RollupInterval
  /** Null or left out: of all sessions, from numbers that were counted when it happened. Otherwise the sessions on record are counted now, at their cost. */
  readonly conditions?: SessionConditions | null
  readonly groupBy?: AnalyticsGroup | null
}

/** Sessions over time, in numbers. */
export interface Analytics extends Period {
  readonly interval: RollupInterval
  readonly source: 'rollups' | 'sessions'
  /** From when on numbers are complete; null: they are in the whole period. */
  readonly completeFrom: Instant | null
  readonly eventsBehind: number
  readonly points: readonly AnalyticsPoint[]
  readonly totals: AnalyticsSums
  /** Of the period of the same length before. */
  readonly before: AnalyticsSums
  readonly durations: AnalyticsDurations
  /** Empty where the sessions on record are counted: those that were forgotten would be missing. */
  readonly retention: readonly RetentionPoint[]
  readonly groups: readonly AnalyticsShare[] | null
  readonly groupPoints: ReturnType<typeof linesOf> | null
}

/** The longest period: longer ones are megabytes. */
export const longestPeriod: Readonly<Record<RollupInterval, Duration>> = { hour: days(31), day: days(400) }

/** Throws `invalid-argument` naming the field at fault. */
export async function getAnalytics(wiring: Wiring, question: AnalyticsQuestion): Promise<Analytics> {
  const { period, interval, conditions, groupBy } = checkQuestion(question)
  const length = between(period.from, period.until)
  const earlier = { from: before(period.from, length), until: period.from }
  const counted = { period, earlier, interval, groupBy }
  const { rollups, durations, told } =
    conditions === null
      ? await recordedNumbers(wiring, counted)
      : await talliedRollups(wiring, conditions, counted)
  const { position, since } = await wiring.storage.rollups.position()
  const newest = await wiring.storage.events.latest()
  const completeFrom = conditions === null ? wholeFrom(wiring, since ?? period.until, interval) : period.from
  const groups = groupBy === null ? null : sharesOf(rollups, groupBy, period, earlier)
  return {
    ...period,
    interval,
    source: conditions === null ? 'rollups' : 'sessions',
    completeFrom: completeFrom <= period.from ? null : completeFrom,
    eventsBehind: conditions === null ? Math.max(0, newest - position) : 0,
    points: pointsOf(rollups, interval, period, told),
    totals: sumsOf(rollups, period, told),
    before: sumsOf(rollups, earlier, told),
    durations: durationsOf(durations),
    retention: conditions === null ? await retention(wiring, period) : [],
    groups,
    groupPoints:
      groupBy === null || groups === null ? null : linesOf(rollups, groupBy, interval, period, groups),
  }
}

/** Numbers begin with the first event that was counted, and retention takes the oldest. */
function wholeFrom({ clock, policy }: Wiring, since: Instant, interval: RollupInterval): Instant {
  const kept = interval === 'hour' ? policy.rollupHourRetention : policy.rollupDayRetention
  return kept === null ? since : instantOf(Math.max(since, before(clock.now(), kept)))
}

interface CheckedQuestion {
  readonly period: Period
  readonly interval: RollupInterval
  readonly conditions: SessionConditions | null
  readonly groupBy: AnalyticsGroup | null
}

function checkQuestion(question: AnalyticsQuestion): CheckedQuestion {
  checkObject('question', question)
  const { conditions = null, groupBy = null } = question
  const interval = checkOneOf('interval', question.interval, rollupIntervals)
  const from = bucketStart(interval, checkInstant('from', question.from))
  const end = checkInstant('until', question.until)
  if (end <= question.from) throw invalidArgument('until', 'must be after `from`')
  const bucket = interval === 'hour' ? hours(1) : days(1)
  const until = after(bucketStart(interval, instantOf(end - 1)), bucket)
  // Both ends may lie within a bucket of their own.
  if (between(from, until) > longestPeriod[interval] + bucket) {
    throw invalidArgument('until', `must be ${longestPeriod[interval] / days(1)} days after \`from\` at most`)
  }
  if (conditions !== null) checkFilter(conditions)
  return {
    period: { from, until },
    interval,
    conditions,
    groupBy: groupBy === null ? null : checkOneOf('groupBy', groupBy, analyticsGroups),
  }
}

const sums: readonly RollupMeasure[] = [
  'created',
  'ended',
  'verified',
  'refused',
  'distinct-users',
  'distinct-devices',
]

async function recordedNumbers(
  { storage }: Wiring,
  { period, earlier, interval, groupBy }: CountedPeriods,
): Promise<Numbers> {
  const both = { interval, from: earlier.from, until: period.until }
  const rollups = await storage.rollups.read({
    ...both,
    measures: sums,
    dimensions: ['all', 'reason', ...(groupBy === null ? [] : [groupBy])],
  })
  const durations = await storage.rollups.read({
    ...both,
    from: period.from,
    measures: ['duration'],
    dimensions: [],
  })
  return { rollups, durations, told: new Set(rollupMeasures) }
}

/** By the days of the period. */
async function retention(wiring: Wiring, { from, until }: Period): Promise<readonly RetentionPoint[]> {
  const rollups = await wiring.storage.rollups.read({
    interval: 'day',
    from: bucketStart('day', from),
    until,
    measures: ['created', 'lasted'],
    dimensions: ['all', 'duration'],
  })
  const byDay = Map.groupBy(rollups, ({ start }) => start)
  const cohorts = [...byDay].map(([start, found]) => ({
    start,
    created: found.find(({ measure, dimension }) => measure === 'created' && dimension === 'all')?.count ?? 0,
    lasted: durationCounts(found.filter(({ measure }) => measure === 'lasted')),
  }))
  return retentionCurve(cohorts, wiring.clock.now())
}
