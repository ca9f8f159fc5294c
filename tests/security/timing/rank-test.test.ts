import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rankTest } from './rank-test.ts'

/** As times are spread: most near the least, a few far above. */
function times(count: number, seed: number, shift = 0): number[] {
  const uniform = fc.sample(fc.double({ min: 0, max: 0.999, noNaN: true, noDefaultInfinity: true }), {
    numRuns: count,
    seed,
  })
  // `double` favours its ends: a shuffled ramp gives the shape, and the sample its disorder.
  return uniform.map((value, index) => {
    const place = ((index * 7_919 + seed * 104_729) % count) / count
    return 1_000 + shift - 200 * Math.log(1 - place) + value / 1_000
  })
}

it('two samples of one distribution are not told apart', () => {
  const { share, p } = rankTest(times(2_000, 1), times(2_000, 2))
  expect(share).toBeCloseTo(0.5, 1)
  expect(p).toBeGreaterThan(0.01)
})

it('a shift of a fiftieth of the spread shows in ten thousand values', () => {
  const { share, p } = rankTest(times(10_000, 1, 20), times(10_000, 2))
  expect(share).toBeGreaterThan(0.52)
  expect(p).toBeLessThan(0.001)
})

it('agrees with tables of the exact test: 1 to 20 against 11 to 30', () => {
  const first = Array.from({ length: 20 }, (_, index) => index + 1)
  const second = Array.from({ length: 20 }, (_, index) => index + 11)
  const { share, p } = rankTest(first, second)
  // U is 50 of 400: 45 pairs of the overlap are greater, 10 are ties.
  expect(share).toBeCloseTo(0.125, 10)
  expect(p).toBeGreaterThan(0.00004)
  expect(p).toBeLessThan(0.00006)
})

it('equal values, and all of them equal, are no difference', () => {
  expect(rankTest([1, 1, 1], [1, 1, 1])).toEqual({ share: 0.5, p: expect.closeTo(1, 6) })
})

it('turning the samples around turns the share around and leaves the probability', () => {
  const some = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(some, some, (first, second) => {
      const [one, other] = [rankTest(first, second), rankTest(second, first)]
      expect(one.share + other.share).toBeCloseTo(1, 9)
      expect(one.p).toBeCloseTo(other.p, 6)
    }),
  )
})
