import { expect, it } from 'vitest'
import { plainName } from './plain-name.ts'

it.each([
  ["Xenu's Link Sleuth", "Xenu's Link Sleuth"],
  ['Seznam prohlížeč', 'Seznam prohlížeč'],
  ['OS/2', 'OS/2'],
  ['<b>Chrome</b>', 'b Chrome /b'],
  ['\u001b[31mChrome', '31mChrome'],
  ['Chrome\r\nSet-Cookie: a', 'Chrome Set-Cookie a'],
  [`\${jndi:ldap://x}`, 'jndi ldap //x'],
  ['\u202eemorhC', 'emorhC'],
  ['\0\ud800', null],
  ['x'.repeat(1_000), 'x'.repeat(60)],
  [`${'x'.repeat(59)}😀`, 'x'.repeat(59)],
])('of %j there remains %j', (name, plain) => {
  expect(plainName(name)).toBe(plain)
})
