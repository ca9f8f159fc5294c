import { expect, it } from 'vitest'
import { quantile, spreadOf } from './spread.ts'

it('the median of an even number of rounds lies between the two in the middle', () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, lowest: 1, highest: 4 })
})

it('the 99th percentile of a hundred and one values is the second largest', () => {
  const values = Array.from({ length: 101 }, (_, index) => 100 - index)
  expect(quantile(values, 0.99)).toBe(99)
  expect(quantile(values, 0)).toBe(0)
  expect(quantile(values, 1)).toBe(100)
})

it('of no rounds there is no figure', () => {
  expect(quantile([], 0.5)).toBeNaN()
})
