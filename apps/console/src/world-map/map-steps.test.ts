import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shadeOf, shades, stepNames, stepsOf } from './map-steps.ts'

it('grows by a factor', () => {
  expect(stepsOf(100_000)).toEqual([10, 100, 1000, 10_000])
  expect(stepNames(stepsOf(100_000), String).map(({ name }) => name)).toEqual([
    '1–9',
    '10–99',
    '100–999',
    '1000–9999',
    '10000 or more',
  ])
})

it('has fewer shades where the numbers are small', () => {
  expect(stepsOf(1)).toEqual([])
  expect(stepNames(stepsOf(1), String)).toEqual([{ shade: 5, name: '1 or more' }])
})

it('more is never lighter, none has no shade, the most have the last, and the legend names each in use', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.nat(), fc.nat(), (most, one, other) => {
      const steps = stepsOf(most)
      const [less, more] = [Math.min(one, other) % (most + 1), Math.max(one, other) % (most + 1)].toSorted(
        (a, b) => a - b,
      ) as [number, number]
      expect(shadeOf(less, steps)).toBeLessThanOrEqual(shadeOf(more, steps))
      expect(shadeOf(0, steps)).toBe(0)
      expect(shadeOf(most, steps)).toBe(shades)
      const named = stepNames(steps, String).map(({ shade }) => shade)
      if (more > 0) expect(named).toContain(shadeOf(more, steps))
    }),
  )
})
