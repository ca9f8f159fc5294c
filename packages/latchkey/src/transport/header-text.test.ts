import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeHeaderText } from './header-text.ts'

it('leaves ordinary ids as they are', () => {
  for (const id of ['42', 'usr_k3v9', 'ann@example.com', 'auth0|a+b', 'a"b'])
    expect(encodeHeaderText(id)).toBe(id)
})

it('lets nothing through that could end or split a header', () => {
  expect(encodeHeaderText('a\r\nX-Admin: 1')).toBe('a%0D%0AX-Admin:%201')
  expect(encodeHeaderText('50%')).toBe('50%25')
})

it('is printable ASCII for any text, and decodes to the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const encoded = encodeHeaderText(text)
      expect(encoded).toMatch(/^[\x21-\x7e]*$/)
      expect(decodeURIComponent(encoded)).toBe(text.toWellFormed())
    }),
  )
})
