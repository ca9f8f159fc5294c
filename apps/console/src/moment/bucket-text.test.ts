import { expect, it } from 'vitest'
import { axisTicks, bucketEnd, bucketText } from './bucket-text.ts'

const first = Date.parse('2026-11-26T00:00:00.000Z')

function starts(count: number, length: number): string[] {
  return Array.from({ length: count }, (_, index) => new Date(first + index * length).toISOString())
}

it('ends a bucket where the next one begins', () => {
  expect(bucketEnd('2026-11-28T23:00:00.000Z', 'hour')).toBe('2026-11-29T00:00:00.000Z')
  expect(bucketEnd('2026-12-31T00:00:00.000Z', 'day')).toBe('2027-01-01T00:00:00.000Z')
})

it('names a day by its date in UTC, wherever the reader is', () => {
  expect(bucketText('2026-11-28T00:00:00.000Z', 'day')).toMatch(/28/)
})

it('names few enough buckets for an axis, and the newest day', () => {
  for (const count of [1, 24, 48, 168, 720]) {
    expect(axisTicks(starts(count, 3_600_000), 'hour').length, `${count} hours`).toBeLessThanOrEqual(9)
  }
  for (const count of [1, 7, 30, 90, 400]) {
    const days = starts(count, 86_400_000)
    const ticks = axisTicks(days, 'day')
    expect(ticks.length, `${count} days`).toBeLessThanOrEqual(9)
    expect(ticks.at(-1)).toBe(days.at(-1))
  }
})
