import { describe, expect, it } from 'vitest'
import { hasBareWord, hasKey, isFinished, typedWords, valueOfKey, withCondition } from './typed-words.ts'

describe('words of a filter that is being typed', () => {
  it('are separated by blanks, which quotes keep together', () => {
    const words = typedWords('  browser:"Mobile Safari"  ada -country:NO,SE')
    expect(words.map(({ key, value, isNegated }) => [key, value, isNegated])).toEqual([
      ['browser', '"Mobile Safari"', false],
      [null, 'ada', false],
      ['country', 'NO,SE', true],
    ])
    expect(words.map(({ start, end }) => [start, end])).toEqual([
      [2, 25],
      [27, 30],
      [31, 45],
    ])
  })

  it('go on to the end where quotes are not closed', () => {
    expect(typedWords('os:"Windows 11 x').map(({ text }) => text)).toEqual(['os:"Windows 11 x'])
  })
})

it('a value is told where there is exactly one', () => {
  expect(valueOfKey('state:live type:mobile', 'type')).toBe('mobile')
  expect(valueOfKey('browser:"a \\"b\\""', 'browser')).toBe('a "b"')
  expect(valueOfKey('-type:mobile', 'type')).toBe('')
  expect(valueOfKey('type:mobile type:tablet', 'type')).toBe('')
  expect(valueOfKey('', 'type')).toBe('')
  expect(hasKey('-type:mobile', 'type')).toBe(true)
})

it.each([
  ['ann', true],
  ['"a b"', true],
  ['state:live -ann', true],
  ['2001:db8::1', true],
  ['user:ann state:live', false],
  ['', false],
])('%j has a bare word: %j', (text, isBare) => {
  expect(hasBareWord(text)).toBe(isBare)
})

it('a condition takes the place of the one before it, and nothing takes it away', () => {
  expect(withCondition('state:live ada', 'state', 'state:ended')).toBe('state:ended ada')
  expect(withCondition('type:mobile ada type:tablet', 'type', 'type:tv')).toBe('type:tv ada')
  expect(withCondition('ada', 'state', 'state:live')).toBe('ada state:live')
  expect(withCondition('state:live ada', 'state', '')).toBe('ada')
})

it.each([
  ['', true],
  ['ada', true],
  ['country:NO', true],
  ['browser:"Mobile Safari"', true],
  ['country:', false],
  ['country:NO,', false],
  ['created:>', false],
  ['created:2026-11-01..', false],
  ['browser:"Mobile', false],
  ['-', false],
])('%j is finished: %j', (text, finished) => {
  expect(isFinished(text)).toBe(finished)
})
