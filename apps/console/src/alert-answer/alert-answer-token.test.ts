// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { takeAnswerToken } from './alert-answer-token.ts'

it('finds none where there is none', () => {
  window.history.replaceState(null, '', '/alert-answer?token=')
  expect(takeAnswerToken()).toBeNull()
})

it.each(['/alert-answer#token=abc-123', '/alert-answer?token=abc-123'])(
  'takes it out of the address bar: %s',
  (path) => {
    window.history.replaceState(null, '', path)
    expect(takeAnswerToken()).toBe('abc-123')
    expect(window.location.href).not.toContain('abc-123')
    expect(takeAnswerToken()).toBe('abc-123')
  },
)

it('leaves the tokens of other pages alone', () => {
  window.history.replaceState(null, '', '/setup#token=abc')
  takeAnswerToken()
  expect(window.location.hash).toBe('#token=abc')
})
