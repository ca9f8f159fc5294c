import { isIPv6 } from 'node:net'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalAddress } from '../foundation/ip-address.ts'
import { keptAddress } from './ip-privacy.ts'
import { addressPrivacies } from './session-policy.ts'

it.each([
  ['192.0.2.7', '192.0.2.0/24'],
  ['203.0.113.255', '203.0.113.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['2001:db8:1::1', '2001:db8:1::/48'],
  ['2001:db8::1', '2001:db8::/48'],
  ['2001:db8:0:1::1', '2001:db8::/48'],
  ['2001:0:5::1', '2001:0:5::/48'],
  ['2001:db8::', '2001:db8::/48'],
  ['::1', '::/48'],
  ['::', '::/48'],
  ['::5:0:0:1', '::/48'],
  ['1::2:3:4:5:6:7', '1:0:2::/48'],
])('of %s the network is %s', (address, network) => {
  expect(keptAddress(address, 'truncated')).toBe(network)
  expect(keptAddress(network, 'truncated')).toBe(network)
})

it('an address is kept whole where the policy allows it, and not at all where it forbids it', () => {
  expect(keptAddress('192.0.2.7', 'full')).toBe('192.0.2.7')
  expect(keptAddress('192.0.2.7', 'none')).toBeNull()
  for (const privacy of addressPrivacies) expect(keptAddress(null, privacy)).toBeNull()
})

/** All 128 bits. */
function groups(address: string): string[] {
  const [left = '', right = ''] = address.split('::')
  const before = left === '' ? [] : left.split(':')
  const behind = right === '' ? [] : right.split(':')
  return [...before, ...new Array<string>(8 - before.length - behind.length).fill('0'), ...behind]
}

it('a network has the first 48 bits of its addresses, the rest are zero, and it is written in the one way', () => {
  const addresses = fc.ipV6().map((text) => canonicalAddress(text) ?? '')
  fc.assert(
    fc.property(
      addresses.filter((address) => address.includes(':')),
      (address) => {
        const [network = '', length] = (keptAddress(address, 'truncated') ?? '').split('/')
        expect(isIPv6(network)).toBe(true)
        expect(canonicalAddress(network)).toBe(network)
        expect(length).toBe('48')
        expect(groups(network)).toEqual([...groups(address).slice(0, 3), '0', '0', '0', '0', '0'])
      },
    ),
  )
})
