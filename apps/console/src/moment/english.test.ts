import { expect, it } from 'vitest'
import { englishLocale } from './english.ts'

it('takes the reader’s variety of English', () => {
  expect(englishLocale(['nb-NO', 'en-GB', 'en-US'])).toBe('en-GB')
})

it('falls back to English as such', () => {
  expect(englishLocale(['nb-NO', 'enm'])).toBe('en')
  expect(englishLocale([])).toBe('en')
})
