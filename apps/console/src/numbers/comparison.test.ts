import { expect, it } from 'vitest'
import { comparison } from './comparison.ts'

it.each([
  [112, 100, 'up', '12% more than the day before'],
  [50, 100, 'down', '50% fewer than the day before'],
  [7, 7, 'same', 'as many as the day before'],
  [0, 0, 'same', 'none the day before either'],
  [5, 0, 'up', 'none the day before'],
  [0, 5, 'down', '100% fewer than the day before'],
  [3000, 100, 'up', '30 times the day before'],
  [1001, 1000, 'up', '0.1% more than the day before'],
] as const)('%d after %d is %s: %s', (now, before, direction, words) => {
  expect(comparison(now, before, 'the day before')).toEqual({ direction, words })
})
