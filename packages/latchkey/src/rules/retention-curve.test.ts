import fc from 'fast-check'
import { expect, it } from 'vitest'
import { days, hours, instantOf } from '../foundation/time.ts'
import { durationBucket } from './duration-histogram.ts'
import { retentionCurve, retentionMarks } from './retention-curve.ts'

const day = (number: number) => instantOf(days(number))
const lasted = (...lengths: readonly number[]) => {
  const counts = new Map<number, number>()
  for (const length of lengths)
    counts.set(durationBucket(length), (counts.get(durationBucket(length)) ?? 0) + 1)
  return counts
}
const shareAfter = (curve: ReturnType<typeof retentionCurve>, mark: number) =>
  curve.find((point) => point.after === mark)?.share

it('of a day that is long ago, the curve is the share that was not over', () => {
  const cohort = { start: day(0), created: 4, lasted: lasted(hours(1), hours(3), days(10)) }
  const curve = retentionCurve([cohort], day(400))
  expect([hours(1), hours(4), days(7), days(14), days(90)].map((mark) => shareAfter(curve, mark))).toEqual([
    0.75, 0.5, 0.5, 0.25, 0.25,
  ])
})

it('what no day is old enough for is not known, and a day counts for what it is old enough for', () => {
  const old = { start: day(0), created: 10, lasted: lasted(...new Array<number>(5).fill(hours(30))) }
  const young = { start: day(8), created: 10, lasted: lasted(...new Array<number>(5).fill(hours(1))) }
  const curve = retentionCurve([old, young], day(10))
  expect(shareAfter(curve, hours(1))).toBe(0.75)
  // Only the older day is known by then: of its 10 half are left, and three quarters of all were before.
  expect(shareAfter(curve, days(2))).toBe(0.75 * 0.5)
  expect(shareAfter(curve, days(14))).toBeNull()
})

it('of nothing nothing is known', () => {
  expect(retentionCurve([], day(100)).every(({ share }) => share === null)).toBe(true)
  expect(retentionCurve([{ start: day(0), created: 0, lasted: new Map() }], day(400))[0]?.share).toBeNull()
})

it('never rises, stays between 0 and 1, and is unknown from some mark on', () => {
  const cohort = fc
    .record({
      age: fc.integer({ min: 0, max: 120 }),
      more: fc.nat(5),
      lengths: fc.array(fc.integer({ min: 0, max: days(120) })),
    })
    .map(({ age, more, lengths }) => ({
      start: day(200 - age),
      created: lengths.length + more,
      lasted: lasted(...lengths.filter((length) => length < days(age))),
    }))
  fc.assert(
    fc.property(fc.array(cohort, { maxLength: 5 }), (cohorts) => {
      const shares = retentionCurve(cohorts, day(200)).map(({ share }) => share)
      expect(shares).toHaveLength(retentionMarks.length)
      shares.forEach((share, index) => {
        const before = index === 0 ? 1 : shares[index - 1]
        if (share === null) return
        expect(before).not.toBeNull()
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual((before ?? 1) + 1e-12)
      })
    }),
  )
})
