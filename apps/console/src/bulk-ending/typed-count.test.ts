import { expect, it } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import { countChanged, isTheCount } from './typed-count.ts'

it.each([
  ['3212', true],
  [' 3,212 ', true],
  ['3 212', true],
  ['3.212', true],
  ['321', false],
  ['32120', false],
  ['', false],
  ['3212x', false],
])('%j is 3,212: %j', (typed, expected) => {
  expect(isTheCount(typed, 3212)).toBe(expected)
})

it('nothing typed is not none', () => {
  expect(isTheCount('', 0)).toBe(false)
})

it('knows the new count from the answer', () => {
  const facts = { status: 409, code: 'count-changed' }
  expect(countChanged(new ApiError('', { ...facts, count: 215 }))).toBe(215)
  expect(countChanged(new ApiError('', facts))).toBeNull()
  expect(countChanged(new Error(''))).toBeNull()
})
