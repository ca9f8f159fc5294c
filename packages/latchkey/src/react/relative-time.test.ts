import { expect, it } from 'vitest'
import { exactTime, relativeTime } from './relative-time.ts'

const now = Date.parse('2026-01-31T12:00:00.000Z')
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

it.each([
  [0, null],
  [-59_999, null],
  [59_999, null],
  [-minute, '1 minute ago'],
  [-59 * minute, '59 minutes ago'],
  [-hour, '1 hour ago'],
  [-23 * hour, '23 hours ago'],
  [-day, 'yesterday'],
  [-6 * day, '6 days ago'],
  [-8 * day, 'last week'],
  [-45 * day, 'last month'],
  [-800 * day, '2 years ago'],
  [day, 'tomorrow'],
  [15 * day, 'in 2 weeks'],
])('at a distance of %i ms it says %s', (distance, expected) => {
  expect(relativeTime(now + distance, now, 'en')).toBe(expected)
})

it('gives the exact time in the language asked for', () => {
  expect(exactTime(now, 'de')).toContain('Januar 2026')
})
