import fc from 'fast-check'
import { expect, it } from 'vitest'
import { days, hours, minutes, seconds } from '../foundation/time.ts'
import {
  countUpTo,
  durationBounds,
  durationBucket,
  percentile,
  shownBounds,
  shownHistogram,
} from './duration-histogram.ts'

const countsOf = (durations: readonly number[]) => {
  const counts = new Map<number, number>()
  for (const duration of durations) {
    const bucket = durationBucket(duration)
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  }
  return counts
}

const duration = fc.integer({ min: seconds(1) + 1, max: days(1_825) })

it('bounds ascend, are few enough for one hour, and are no further apart than the error allows', () => {
  expect(durationBounds.length).toBeLessThan(200)
  durationBounds.slice(1).forEach((bound, index) => {
    const before = durationBounds[index] ?? 0
    expect(bound).toBeGreaterThan(before)
    expect((bound - before) / (bound + before)).toBeLessThan(0.06)
  })
  for (const bound of shownBounds) expect(durationBounds).toContain(bound)
})

it('the numbers of buckets stay as they are, since rollups hold them', () => {
  expect(durationBounds).toHaveLength(167)
  expect([seconds(1), minutes(1), hours(1), days(1), days(30)].map(durationBucket)).toEqual([
    0, 36, 72, 100, 130,
  ])
})

it.each([
  [-5, 0],
  [0, 0],
  [1_000, 0],
  [1_001, 1],
  [Number.MAX_SAFE_INTEGER, durationBounds.length],
])('a duration of %d ms is in the bucket %d', (length, bucket) => {
  expect(durationBucket(length)).toBe(bucket)
})

it('a percentile is within 6 % of the one by nearest rank', () => {
  fc.assert(
    fc.property(
      fc.array(duration, { minLength: 1 }),
      fc.constantFrom(0, 0.5, 0.9, 0.99, 1),
      (durations, rank) => {
        const sorted = [...durations].sort((a, b) => a - b)
        const exact = sorted[Math.max(1, Math.ceil(rank * sorted.length)) - 1] ?? 0
        const told = percentile(countsOf(durations), rank) ?? 0
        expect(Math.abs(told - exact) / exact).toBeLessThanOrEqual(0.06)
      },
    ),
  )
})

it('of no durations there is no percentile', () => {
  expect(percentile(new Map(), 0.5)).toBeNull()
})

it('what is counted up to a shown bound is exact, and the histogram has every duration once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: days(3_000) })), (durations) => {
      const counts = countsOf(durations)
      for (const bound of shownBounds) {
        expect(countUpTo(counts, bound)).toBe(durations.filter((length) => length <= bound).length)
      }
      const shown = shownHistogram(counts)
      expect(shown.at(-1)?.upTo).toBeNull()
      expect(shown.reduce((sum, { count }) => sum + count, 0)).toBe(durations.length)
    }),
  )
})
