import fc from 'fast-check'
import { expect, it } from 'vitest'
import { escapeHtml, mailOf, plainWords } from './mail-text.ts'

it.each([
  ['Oslo to Singapore, 10,040 km in 42 minutes.', 'Oslo to Singapore, 10,040 km in 42 minutes.'],
  ['two\r\nlines', 'two lines'],
  ['see https://evil.example/now', 'see https: //evil. example/now'],
  ['see www.evil.example', 'see www. evil. example'],
  ['Chrome 130.0.1 on evil.xn--p1ai', 'Chrome 130.0.1 on evil. xn--p1ai'],
  ['write to a@evil.example.', 'write to a@evil. example.'],
  ['a\u202egnp.exe', 'a gnp. exe'],
])('%j stands in a mail as %j', (words, shown) => {
  expect(plainWords(words)).toBe(shown)
})

it('whatever words are, they are one line of bounded length without a link', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (words) => {
      const shown = plainWords(words)
      expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029]|:\/\/|[\p{L}\p{N}]\.\p{L}/u)
      expect(shown.length).toBeLessThanOrEqual(300)
    }),
  )
})

it('nothing that is said in a mail becomes markup of it', () => {
  const value = '<script>alert("1")</script><a href=\'x\'>&'
  const { html, text } = mailOf({
    subject: 'S',
    opening: 'O',
    facts: [{ name: 'Device', value }],
    link: { words: 'Go', url: 'https://example.com/a?b="&c' },
    closing: [],
  })
  expect(html).toContain(escapeHtml(value))
  expect(html).not.toMatch(/<script|<a href='/)
  expect(html).toContain('href="https://example.com/a?b=&quot;&amp;c"')
  expect(text).toContain(value)
})
