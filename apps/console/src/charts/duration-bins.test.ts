import fc from 'fast-check'
import { expect, it } from 'vitest'
import { binsOf } from './duration-bins.ts'

it('names its bars, and leaves out what is empty at both ends', () => {
  const histogram = [
    { up_to: 60, count: 0 },
    { up_to: 300, count: 4 },
    { up_to: 900, count: 0 },
    { up_to: 3600, count: 2 },
    { up_to: null, count: 0 },
  ]
  expect(binsOf(histogram)).toEqual([
    { name: '1 min to 5 min', short: '5 min', count: 4 },
    { name: '5 min to 15 min', short: '15 min', count: 0 },
    { name: '15 min to 1 h', short: '1 h', count: 2 },
  ])
  expect(binsOf([{ up_to: 60, count: 1 }])).toEqual([{ name: 'under 1 min', short: '< 1 min', count: 1 }])
  expect(binsOf([...histogram, { up_to: null, count: 3 }]).at(-1)?.count).toBe(3)
  expect(binsOf([])).toEqual([])
})

it('calls the last bar by where it begins', () => {
  const bins = binsOf([
    { up_to: 2_592_000, count: 0 },
    { up_to: null, count: 3 },
  ])
  expect(bins).toEqual([{ name: 'over 30 d', short: '> 30 d', count: 3 }])
})

it('loses nobody', () => {
  const buckets = fc.array(fc.record({ up_to: fc.nat(10_000_000), count: fc.nat(1000) }))
  fc.assert(
    fc.property(buckets, (histogram) => {
      const sum = (counts: { count: number }[]): number =>
        counts.reduce((total, { count }) => total + count, 0)
      expect(sum(binsOf(histogram))).toBe(sum(histogram))
    }),
  )
})
