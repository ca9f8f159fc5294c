import { expect, it } from 'vitest'
import { durationText, shortDuration } from './duration-text.ts'

it.each([
  [0, '0 s'],
  [8, '8 s'],
  [61, '1 min 1 s'],
  [42 * 60, '42 min'],
  [3 * 3600 + 5 * 60 + 9, '3 h 5 min'],
  [86_400 + 4 * 3600, '1 d 4 h'],
  [86_400 + 59, '1 d'],
])('%d seconds read %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text)
})

it('is shorter on an axis', () => {
  expect([0.5, 90, 5400, 36 * 3600, 30 * 86_400].map(shortDuration)).toEqual([
    '500 ms',
    '1.5 min',
    '1.5 h',
    '1.5 d',
    '30 d',
  ])
})
