import { expect, it } from 'vitest'
import { days, hours, type Instant, instantOf } from '../foundation/time.ts'
import type { Rollup, RollupDimension, RollupMeasure } from '../model/rollup.ts'
import { durationsOf, isIn, linesOf, mostShares, pointsOf, sharesOf, sumsOf } from './analytics-of-rollups.ts'
import { durationBucket } from './duration-histogram.ts'

const at = (hour: number): Instant => instantOf(Date.UTC(2026, 5, 1) + hours(hour))
const period = { from: at(0), until: at(3) }
const earlier = { from: at(-3), until: at(0) }
const told = new Set<RollupMeasure>(['created', 'ended', 'verified'])

const rollup = (
  hour: number,
  measure: RollupMeasure,
  count: number,
  dimension: RollupDimension = 'all',
  value = '',
  sum = 0,
): Rollup => ({ interval: 'hour', start: at(hour), measure, dimension, value, count, sum })

it('every hour is there, and what is not told is null and not zero', () => {
  const points = pointsOf(
    [rollup(1, 'created', 4), rollup(1, 'created', 4, 'os', 'iOS')],
    'hour',
    period,
    told,
  )
  expect(points.map(({ start }) => start)).toEqual([at(0), at(1), at(2)])
  expect(points.map(({ created }) => created)).toEqual([0, 4, 0])
  expect(points[1]).toMatchObject({ ended: 0, verified: 0, refused: null, distinctUsers: null })
})

it('sums are those of the period, with endings by reason', () => {
  const rollups = [
    rollup(-1, 'created', 9),
    rollup(0, 'created', 1),
    rollup(2, 'created', 2),
    rollup(3, 'created', 9),
    rollup(1, 'ended', 3),
    rollup(1, 'ended', 2, 'reason', 'logout'),
    rollup(2, 'ended', 1, 'reason', 'logout'),
  ]
  expect(sumsOf(rollups.filter(isIn(period)), told)).toEqual({
    created: 3,
    ended: 3,
    endedByReason: { logout: 3 },
    verified: 0,
    refused: null,
  })
})

it('shares come the greatest first, with what they were before, and the rest is one', () => {
  const many = Array.from({ length: mostShares + 2 }, (_, index) =>
    rollup(0, 'created', 1, 'browser', `b${index}`),
  )
  const rollups = [
    ...many,
    rollup(1, 'created', 5, 'browser', 'Chrome'),
    rollup(1, 'created', 7, 'browser', 'other'),
    rollup(-2, 'created', 3, 'browser', 'Chrome'),
    rollup(-2, 'created', 4, 'browser', 'gone'),
  ]
  const [now, then] = [rollups.filter(isIn(period)), rollups.filter(isIn(earlier))]
  const shares = sharesOf(now, then, 'browser')
  expect(shares[0]).toEqual({ value: 'Chrome', created: 5, createdBefore: 3 })
  expect(shares).toHaveLength(mostShares + 1)
  expect(shares.at(-1)).toEqual({ value: 'other', created: 7 + 3, createdBefore: 4 })
  expect(sharesOf(now, null, 'browser').at(-1)).toEqual({
    value: 'other',
    created: 7 + 3,
    createdBefore: null,
  })
  expect(shares.reduce((sum, { created }) => sum + created, 0)).toBe(mostShares + 2 + 5 + 7)
})

it('what there is no more of is listed after everything that there is', () => {
  const rollups = [rollup(0, 'created', 2, 'os', 'iOS'), rollup(0, 'created', 1, 'os', 'other')]
  const then = [rollup(-1, 'created', 5, 'os', 'Windows'), rollup(-1, 'created', 9, 'os', 'macOS')]
  expect(sharesOf(rollups, then, 'os')).toEqual([
    { value: 'iOS', created: 2, createdBefore: 0 },
    { value: 'macOS', created: 0, createdBefore: 9 },
    { value: 'Windows', created: 0, createdBefore: 5 },
    { value: 'other', created: 1, createdBefore: 0 },
  ])
})

it('of reasons, endings are counted', () => {
  const rollups = [rollup(0, 'ended', 2, 'reason', 'logout'), rollup(0, 'created', 9, 'os', 'iOS')]
  expect(sharesOf(rollups, [], 'reason')).toEqual([{ value: 'logout', created: 2, createdBefore: 0 }])
})

it('lines are those of the greatest values, and together they are everything', () => {
  const rollups = Array.from({ length: 9 }, (_, index) =>
    rollup(1, 'created', 10 - index, 'os', `os${index}`),
  )
  const lines = linesOf(rollups, 'os', { interval: 'hour', period, most: 6 })
  expect(lines[0]).toEqual({ start: at(0), created: {} })
  expect(lines[1]?.created).toEqual({ os0: 10, os1: 9, os2: 8, os3: 7, os4: 6, os5: 5, other: 4 + 3 + 2 })
})

it('durations have an average that is exact and percentiles that are near', () => {
  const duration = (length: number, count: number) =>
    rollup(0, 'duration', count, 'duration', `${durationBucket(length)}`, length * count)
  const durations = durationsOf([duration(hours(1), 3), duration(days(2), 1)])
  expect(durations).toMatchObject({ count: 4, average: (3 * hours(1) + days(2)) / 4 })
  expect(Math.abs((durations.p50 ?? 0) / hours(1) - 1)).toBeLessThan(0.06)
  expect(Math.abs((durations.p99 ?? 0) / days(2) - 1)).toBeLessThan(0.06)
  expect(durations.histogram.find(({ upTo }) => upTo === hours(1))?.count).toBe(3)
  expect(durationsOf([])).toMatchObject({ count: 0, average: null, p50: null })
})
