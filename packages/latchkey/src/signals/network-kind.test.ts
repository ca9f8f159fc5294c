import { describe, expect, it } from 'vitest'
import { knownNetworks } from './known-networks.ts'
import { networkKind } from './network-kind.ts'

describe('the kind of a network', () => {
  it.each([
    [24_940, null, 'hosting'],
    [7_922, 'Anything', 'isp'],
    [64_496, 'Example Hosting GmbH', 'hosting'],
    [64_496, 'Example Web Hosting, S.L.', 'hosting'],
    [64_496, 'Example Mobile Pte Ltd', 'mobile'],
    [64_496, 'Example Mobile, Inc.', 'mobile'],
    [64_496, 'Example Broadband Communications', 'isp'],
    [64_496, 'Example VPN AB', 'vpn'],
  ])('of %i, %j, is known: %s', (asn, name, kind) => {
    expect(networkKind(asn, name)).toBe(kind)
  })

  it.each([
    'China Mobile',
    'China Mobile Communications Corporation',
    'All Mobile Video Inc',
    'Example Telecom',
    'Example Wireless',
    'VPN de Mexico, S.A. de C.V.',
    'VPS Securities JSC',
    'Ghosting Ltd',
    '',
    null,
  ])('is not guessed from the name %j', (name) => {
    expect(networkKind(64_496, name)).toBe('unknown')
  })
})

it('no network is known to be of two kinds', () => {
  const numbers = Object.values(knownNetworks).flatMap((holders) => Object.values(holders).flat())
  expect(numbers.length).toBe(new Set(numbers).size)
})
