// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { takeSetUpToken, tokenOf } from './set-up-token.ts'

it('reads the token of a set-up link', () => {
  expect(tokenOf('#token=abc-123')).toBe('abc-123')
})

it('finds none in other fragments', () => {
  expect(tokenOf('')).toBeNull()
  expect(tokenOf('#token=')).toBeNull()
  expect(tokenOf('#content')).toBeNull()
})

it('takes it out of the address bar and still knows it', () => {
  window.location.hash = '#token=abc-123'
  expect(takeSetUpToken()).toBe('abc-123')
  expect(window.location.href).not.toContain('abc-123')
  expect(takeSetUpToken()).toBe('abc-123')
})
