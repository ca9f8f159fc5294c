import { expect, it } from 'vitest'
import { retryDelay } from './retry-delay.ts'

it.each([
  [0, 0, 500],
  [0, 1, 1_000],
  [3, 0.5, 6_000],
  [6, 1, 60_000],
  [5_000, 1, 60_000],
])('after %i failures and with chance %f it is %i ms', (attempt, random, expected) => {
  expect(retryDelay(attempt, random)).toBe(expected)
})
