import { expect, it } from 'vitest'
import { distinctNames } from './distinct-names.ts'

it('counts the names that are the same, and leaves the others alone', () => {
  expect(distinctNames(['TV', 'iPhone', 'TV', 'TV'])).toEqual([
    'TV, 1 of 3',
    'iPhone',
    'TV, 2 of 3',
    'TV, 3 of 3',
  ])
  expect(distinctNames([])).toEqual([])
})
