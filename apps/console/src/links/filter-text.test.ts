import { expect, it } from 'vitest'
import { allOf, condition, createdBetween } from './filter-text.ts'

it('quotes what would be taken for two words', () => {
  expect(condition('country', 'NO')).toBe('country:NO')
  expect(condition('browser', 'Mobile Safari')).toBe('browser:"Mobile Safari"')
  expect(condition('os', 'a "b" \\ c')).toBe('os:"a \\"b\\" \\\\ c"')
  expect(condition('os', '')).toBe('os:""')
})

it('joins conditions', () => {
  const hour = createdBetween('2026-11-28T10:00:00.000Z', '2026-11-28T11:00:00.000Z')
  expect(allOf('', 'state:live', hour)).toBe(
    'state:live created:>=2026-11-28T10:00:00.000Z created:<2026-11-28T11:00:00.000Z',
  )
})
