import { after, between, type Duration, days, hours, type Instant } from '../foundation/time.ts'
import type { Rollup, RollupDimension, RollupInterval, RollupMeasure } from '../model/rollup.ts'
import { type DurationCounts, percentile, shownHistogram } from './duration-histogram.ts'

/** From an instant on, and before another one. */
export interface Period {
  readonly from: Instant
  readonly until: Instant
}

/** What happened in one hour or day. Null: it cannot be told. */
export interface AnalyticsPoint {
  readonly start: Instant
  readonly created: number
  readonly ended: number
  readonly verified: number | null
  readonly refused: number | null
  readonly distinctUsers: number | null
  readonly distinctDevices: number | null
}

/** Sums of a period. */
export interface AnalyticsSums {
  readonly created: number
  readonly ended: number
  readonly endedByReason: Readonly<Record<string, number>>
  readonly verified: number | null
  readonly refused: number | null
}

/** One value of what sessions are grouped by; of reasons those that ended are counted. */
export interface AnalyticsShare {
  readonly value: string
  readonly created: number
  /** Null: that is not known. */
  readonly createdBefore: number | null
}

/** How long sessions lasted that ended in the period, in milliseconds; percentiles within 6 %. */
export interface AnalyticsDurations {
  readonly count: number
  readonly average: number | null
  readonly p50: number | null
  readonly p90: number | null
  readonly p99: number | null
  readonly histogram: readonly { readonly upTo: number | null; readonly count: number }[]
}

/** Which measures the numbers hold; the others cannot be told. */
export type Told = ReadonlySet<RollupMeasure>

/** How many values are listed; the rest are `other`. */
export const mostShares = 50
const other = 'other'

export function isIn({ from, until }: Period): (rollup: Rollup) => boolean {
  return ({ start }) => start >= from && start < until
}

/**
 * As much as there was by then of the hour or day in which the instant lies: its events are taken to have come evenly. Of what began
 * later there is nothing.
 */
export function countedBy(rollups: readonly Rollup[], at: Instant): readonly Rollup[] {
  return rollups.map((rollup) => {
    const share = between(rollup.start, at) / lengthOf(rollup.interval)
    return share >= 1 ? rollup : { ...rollup, count: Math.round(rollup.count * Math.max(0, share)) }
  })
}

/** Every hour or day of the period, those without anything included. */
export function pointsOf(
  rollups: readonly Rollup[],
  interval: RollupInterval,
  period: Period,
  told: Told,
): readonly AnalyticsPoint[] {
  const counts = new Map(
    rollups
      .filter(({ dimension }) => dimension === 'all')
      .map((rollup) => [`${rollup.start} ${rollup.measure}`, rollup.count]),
  )
  return starts(interval, period).map((start) => {
    const count = (measure: RollupMeasure): number => counts.get(`${start} ${measure}`) ?? 0
    const ifTold = (measure: RollupMeasure): number | null => (told.has(measure) ? count(measure) : null)
    return {
      start,
      created: count('created'),
      ended: count('ended'),
      verified: ifTold('verified'),
      refused: ifTold('refused'),
      distinctUsers: ifTold('distinct-users'),
      distinctDevices: ifTold('distinct-devices'),
    }
  })
}

function starts(interval: RollupInterval, { from, until }: Period): readonly Instant[] {
  const length = lengthOf(interval)
  const found: Instant[] = []
  for (let start = from; start < until; start = after(start, length)) found.push(start)
  return found
}

function lengthOf(interval: RollupInterval): Duration {
  return interval === 'hour' ? hours(1) : days(1)
}

export function sumsOf(rollups: readonly Rollup[], told: Told): AnalyticsSums {
  const sum = (measure: RollupMeasure): number =>
    rollups.reduce(
      (total, rollup) =>
        rollup.measure === measure && rollup.dimension === 'all' ? total + rollup.count : total,
      0,
    )
  return {
    created: sum('created'),
    ended: sum('ended'),
    endedByReason: Object.fromEntries(countsBy(rollups, 'ended', 'reason')),
    verified: told.has('verified') ? sum('verified') : null,
    refused: told.has('refused') ? sum('refused') : null,
  }
}

function countsBy(
  rollups: readonly Rollup[],
  measure: RollupMeasure,
  dimension: RollupDimension,
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const rollup of rollups) {
    if (rollup.measure !== measure || rollup.dimension !== dimension) continue
    counts.set(rollup.value, (counts.get(rollup.value) ?? 0) + rollup.count)
  }
  return counts
}

/** Reasons are those of endings; everything else is of sessions that were created. */
export function measureOf(dimension: RollupDimension): RollupMeasure {
  return dimension === 'reason' ? 'ended' : 'created'
}

/** Of both periods, the greatest first, those that are gone last. `earlier`: null where the period before is not known. */
export function sharesOf(
  rollups: readonly Rollup[],
  earlier: readonly Rollup[] | null,
  dimension: RollupDimension,
): readonly AnalyticsShare[] {
  const measure = measureOf(dimension)
  const now = countsBy(rollups, measure, dimension)
  const then = earlier === null ? null : countsBy(earlier, measure, dimension)
  const all = [...new Set([...now.keys(), ...(then?.keys() ?? [])])].map((value) => ({
    value,
    created: now.get(value) ?? 0,
    createdBefore: then === null ? null : (then.get(value) ?? 0),
  }))
  const named = all.filter(({ value }) => value !== other).sort(greatestFirst)
  const rest = [...all.filter(({ value }) => value === other), ...named.slice(mostShares)]
  const shown = named.slice(0, mostShares)
  return rest.length === 0 ? shown : [...shown, rest.reduce(together)]
}

function greatestFirst(a: AnalyticsShare, b: AnalyticsShare): number {
  const byCount = b.created - a.created || (b.createdBefore ?? 0) - (a.createdBefore ?? 0)
  return byCount || (a.value < b.value ? -1 : 1)
}

function together(a: AnalyticsShare, b: AnalyticsShare): AnalyticsShare {
  const isKnown = a.createdBefore !== null && b.createdBefore !== null
  return {
    value: other,
    created: a.created + b.created,
    createdBefore: isKnown ? a.createdBefore + b.createdBefore : null,
  }
}

/** Which lines are drawn. */
export interface LinesWanted {
  readonly interval: RollupInterval
  readonly period: Period
  readonly most: number
}

/** By hour or day: so many of the greatest values by name, and the rest as `other`. */
export function linesOf(
  rollups: readonly Rollup[],
  dimension: RollupDimension,
  { interval, period, most }: LinesWanted,
): readonly { readonly start: Instant; readonly created: Readonly<Record<string, number>> }[] {
  const greatest = [...countsBy(rollups, measureOf(dimension), dimension)]
    .filter(([value]) => value !== other)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  const named = new Set(greatest.slice(0, most).map(([value]) => value))
  const points = new Map(starts(interval, period).map((start) => [start, new Map<string, number>()]))
  for (const { start, measure, dimension: by, value, count } of rollups) {
    const point = points.get(start)
    if (point === undefined || by !== dimension || measure !== measureOf(dimension)) continue
    const line = named.has(value) ? value : other
    point.set(line, (point.get(line) ?? 0) + count)
  }
  return [...points].map(([start, created]) => ({ start, created: Object.fromEntries(created) }))
}

export function durationCounts(rollups: readonly Rollup[]): DurationCounts {
  const counts = new Map<number, number>()
  for (const { value, count } of rollups) counts.set(Number(value), (counts.get(Number(value)) ?? 0) + count)
  return counts
}

/** Of rollups of the measure `duration`. */
export function durationsOf(rollups: readonly Rollup[]): AnalyticsDurations {
  const counts = durationCounts(rollups)
  const count = rollups.reduce((sum, rollup) => sum + rollup.count, 0)
  const length = rollups.reduce((sum, rollup) => sum + rollup.sum, 0)
  return {
    count,
    average: count === 0 ? null : length / count,
    p50: percentile(counts, 0.5),
    p90: percentile(counts, 0.9),
    p99: percentile(counts, 0.99),
    histogram: shownHistogram(counts),
  }
}
