import { hours, minutes, seconds } from 'latchkey'
import { expect, it } from 'vitest'
import { levelsMet } from './levels-met.ts'
import { timeInWords } from './time-in-words.ts'

const met = (absolute: number, idle: number | null) =>
  levelsMet({ absoluteLifetime: hours(absolute), idleTimeout: idle === null ? null : minutes(idle) })
    .filter((level) => level.met)
    .map(({ level }) => level)

it.each([
  [720, null, ['aal1']],
  [721, null, []],
  [24, 60, ['aal1', 'aal2']],
  [24, 61, ['aal1']],
  [25, 60, ['aal1']],
  [24, null, ['aal1']],
  [12, 15, ['aal1', 'aal2', 'aal3']],
  [12, 16, ['aal1', 'aal2']],
  [13, 15, ['aal1', 'aal2']],
])('sessions of %i h with an idle timeout of %s min meet %j', (absolute, idle, levels) => {
  expect(met(absolute, idle)).toEqual(levels)
})

it('what is not met says why, and what is says what was asked for', () => {
  const found = levelsMet({ absoluteLifetime: hours(24), idleTimeout: null })
  expect(found.map(({ why }) => why)).toEqual([
    'Sessions last 30 days at most.',
    'There is no idle timeout, and 1 hour at most is asked for.',
    'Sessions last 1 day, and 12 hours at most are allowed; there is no idle timeout, and 15 minutes at most are asked for.',
  ])
})

it.each([
  [86_400, '1 day'],
  [172_800, '2 days'],
  [90_000, '25 hours'],
  [900, '15 minutes'],
  [61, '61 seconds'],
  [1, '1 second'],
])('%i s is %s', (count, words) => {
  expect(timeInWords(seconds(count) / 1_000)).toBe(words)
})
