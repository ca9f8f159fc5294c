import { expect, it } from 'vitest'
import { changedText } from './changed-text.ts'

it.each([
  [0, 'Your password is changed.'],
  [1, 'Your password is changed, and one other session has ended.'],
  [2, 'Your password is changed, and 2 other sessions have ended.'],
])('says how many other sessions ended with the password: %i', (count, text) => {
  expect(changedText(count)).toBe(text)
})
