import { isIP } from 'node:net'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalAddress } from './ip-address.ts'

it.each([
  ['192.0.2.7', '192.0.2.7'],
  [' 192.0.2.7 ', '192.0.2.7'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8:0:1:0:0:0:1', '2001:db8:0:1::1'],
  ['2001:0db8::0:0001', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:c000:0207', '192.0.2.7'],
  ['::', '::'],
  ['2001:db8::192.0.2.7', '2001:db8::c000:207'],
])('%j is written %s', (text, address) => {
  expect(canonicalAddress(text)).toBe(address)
})

it.each([
  '',
  'example.com',
  '192.0.2',
  '192.0.2.256',
  '0x7f.1',
  '010.0.0.1',
  '3221225991',
  '[2001:db8::1]',
  '2001:db8::1/64',
  '192.0.2.7:80',
  '1::2::3',
  '%eth0',
  'x'.repeat(100_000),
])('%j is no address', (text) => {
  expect(canonicalAddress(text)).toBeNull()
})

it('every spelling of an address has one canonical form, which is an address and its own', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (spelling) => {
      const canonical = canonicalAddress(spelling) ?? ''
      expect(isIP(canonical)).not.toBe(0)
      expect(canonicalAddress(canonical)).toBe(canonical)
      expect(canonicalAddress(spelling.toUpperCase())).toBe(canonical)
    }),
  )
})
