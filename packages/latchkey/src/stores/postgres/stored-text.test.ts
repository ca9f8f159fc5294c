import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromStoredText, toStoredText } from './stored-text.ts'

const text = fc.string({ unit: fc.constantFrom('\u0000', '\u0001', '\u0002', 'a', 'é', '\u{1f511}') })

it('any text comes back as it was, and what is stored holds no U+0000', () => {
  fc.assert(
    fc.property(text, (original) => {
      const stored = toStoredText(original)
      expect(stored).not.toContain('\u0000')
      expect(fromStoredText(stored)).toBe(original)
    }),
  )
})

it('one stored text begins with another exactly when the originals do', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(toStoredText(one).startsWith(toStoredText(other))).toBe(one.startsWith(other))
    }),
  )
})

it('half a surrogate pair becomes what can be stored', () => {
  expect(toStoredText('a\ud800b')).toBe('a\ufffdb')
})
