import { expect, it } from 'vitest'
import { requestSource, sourceNames } from './request-source.ts'

const secret = new Uint8Array(32).fill(7)

it('one sender is an IPv4 address, or an IPv6 network of 64 bits', () => {
  expect(requestSource('192.0.2.7')).toBe('192.0.2.7')
  expect(requestSource('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(requestSource('2001:db8:1:2::1')).toBe(requestSource('2001:db8:1:2:ffff::'))
  expect(requestSource(null)).toBeNull()
})

it('a source has a name that says nothing of the address, one for a network', () => {
  const nameOf = sourceNames(secret)
  expect(nameOf('192.0.2.7')).toMatch(/^src_[\w-]{16}$/)
  expect(nameOf('192.0.2.7')).toBe(nameOf('192.0.2.250'))
  expect(nameOf('192.0.2.7')).not.toBe(nameOf('192.0.3.7'))
  expect(nameOf('2001:db8::1')).toBe(nameOf('2001:db8::2'))
  expect(nameOf('2001:db8::1')).not.toBe(nameOf('2001:db8:0:1::1'))
  expect(nameOf('192.0.2.7')).not.toBe(sourceNames(new Uint8Array(32).fill(8))('192.0.2.7'))
  expect(nameOf(null)).toBeNull()
})

it('without a secret nobody has a name, as all addresses could be tried', () => {
  expect(sourceNames(undefined)('192.0.2.7')).toBeNull()
})
