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
  countedBy,
  durationCounts,
  durationsOf,
  linesOf,
  type Period,
  pointsOf,
  sharesOf,
  sumsOf,
} from '../rules/analytics-of-rollups.ts'
import { forgottenBefore, rollupsForgottenBefore } from '../rules/retention.ts'
import { type RetentionPoint, retentionCurve } from '../rules/retention-curve.ts'
import { bucketStart } from '../rules/rollups-of-events.ts'
import {
  type AnalyticsGroup,
  analyticsGroups,
  type CountedPeriods,
  type Numbers,
} from './analytics-numbers.ts'
import { checkInstant, checkInteger, checkObject, checkOneOf } from './check-argument.ts'
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
  /** How many values of the group are told apart over time, from 1 to 200; the rest are `other`. Default: 6, as many as a chart can show. */
  readonly lines?: number
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
  /** Of the period of the same length before; where this one is not over, of as much of it, by the hour. Null: not all of it is known. */
  readonly before: AnalyticsSums | null
  readonly durations: AnalyticsDurations
  /** Empty where the sessions on record are counted: those that were forgotten would be missing. */
  readonly retention: readonly RetentionPoint[]
  readonly groups: readonly AnalyticsShare[] | null
  readonly groupPoints: ReturnType<typeof linesOf> | null
}

const linesOfChart = 6
/** As many values as a measure has of one hour or day, so that nothing of it is left out. */
export const mostLines = 200

/** The longest period: longer ones are megabytes. */
export const longestPeriod: Readonly<Record<RollupInterval, Duration>> = { hour: days(31), day: days(400) }

/** Throws `invalid-argument` naming the field at fault. */
export async function getAnalytics(wiring: Wiring, question: AnalyticsQuestion): Promise<Analytics> {
  const { period, interval, conditions, groupBy, lines } = checkQuestion(question)
  const { position, since } = await wiring.storage.rollups.position()
  const newest = await wiring.storage.events.latest()
  const whole =
    conditions === null
      ? wholeFrom(wiring, since ?? period.until, interval)
      : forgottenBefore(wiring.policy, wiring.clock.now())
  const compared = comparedWith(period, wiring.clock.now())
  const earlier = whole !== null && whole > compared.from ? null : compared
  const counted = { period, earlier, interval, groupBy }
  const numbers =
    conditions === null
      ? await recordedNumbers(wiring, counted)
      : await talliedRollups(wiring, conditions, counted)
  const { rollups, durations, told } = numbers
  return {
    ...period,
    interval,
    source: conditions === null ? 'rollups' : 'sessions',
    completeFrom: whole === null || whole <= period.from ? null : whole,
    eventsBehind: conditions === null ? Math.max(0, newest - position) : 0,
    points: pointsOf(rollups, interval, period, told),
    totals: sumsOf(rollups, told),
    before: numbers.earlier === null ? null : sumsOf(numbers.earlier, told),
    durations: durationsOf(durations),
    retention: conditions === null ? await retention(wiring, period) : [],
    groups: groupBy === null ? null : sharesOf(rollups, numbers.earlier, groupBy),
    groupPoints: groupBy === null ? null : linesOf(rollups, groupBy, { interval, period, most: lines }),
  }
}

/** The period of the same length before, up to the instant of it that is now in this one: a day that has begun is no whole day. */
function comparedWith({ from, until }: Period, now: Instant): Period {
  const length = between(from, until)
  const over = instantOf(Math.max(from, Math.min(until, now)))
  return { from: before(from, length), until: before(over, length) }
}

/** Numbers begin with the first event that was counted, and retention takes the oldest. */
function wholeFrom({ clock, policy }: Wiring, since: Instant, interval: RollupInterval): Instant {
  const kept = rollupsForgottenBefore(policy, interval, clock.now())
  return kept === null ? since : instantOf(Math.max(since, kept))
}

interface CheckedQuestion {
  readonly period: Period
  readonly interval: RollupInterval
  readonly conditions: SessionConditions | null
  readonly groupBy: AnalyticsGroup | null
  readonly lines: number
}

function checkQuestion(question: AnalyticsQuestion): CheckedQuestion {
  checkObject('question', question)
  const { conditions = null, groupBy = null, lines = linesOfChart } = question
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
    lines: checkInteger('lines', lines, 1, mostLines),
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
  wiring: Wiring,
  { period, earlier, interval, groupBy }: CountedPeriods,
): Promise<Numbers> {
  const { rollups } = wiring.storage
  const wanted = {
    measures: sums,
    dimensions: ['all', 'reason', ...(groupBy === null ? [] : [groupBy])] as const,
  }
  const read = (of: Period, by: RollupInterval) => rollups.read({ ...of, ...wanted, interval: by })
  const counted = await read(period, interval)
  const durations = await rollups.read({ ...period, interval, measures: ['duration'], dimensions: [] })
  const then =
    earlier === null
      ? null
      : await Promise.all(partsOf(wiring, earlier, interval).map(({ by, ...part }) => read(part, by)))
  return {
    rollups: counted,
    earlier: then === null || earlier === null ? null : countedBy(then.flat(), earlier.until),
    durations,
    told: new Set(rollupMeasures),
  }
}

type Part = Period & { readonly by: RollupInterval }

/** Whole days by the day, and what is left of the last one by the hour, as far as hours are kept. */
function partsOf(
  { clock, policy }: Wiring,
  { from, until }: Period,
  interval: RollupInterval,
): readonly Part[] {
  const lastDay = bucketStart('day', until)
  const areKept = (rollupsForgottenBefore(policy, 'hour', clock.now()) ?? 0) <= lastDay
  if (interval === 'hour' || lastDay === until || !areKept) return [{ from, until, by: interval }]
  return [
    { from, until: lastDay, by: 'day' },
    { from: lastDay, until, by: 'hour' },
  ]
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
