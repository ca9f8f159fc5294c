import type { NetworkOnWire } from 'latchkey/client'
import { expect, it } from 'vitest'
import { networkText } from './network-text.ts'

it.each<[NetworkOnWire | null, string | null, string | null]>([
  [{ asn: 64500, name: 'Example Telecom', kind: 'isp' }, 'Example Telecom', null],
  [{ asn: 64500, name: 'Example Telecom', kind: 'mobile' }, 'Example Telecom · mobile', null],
  [{ asn: 64500, name: 'Example Cloud', kind: 'hosting' }, 'Example Cloud', 'Hosting'],
  [{ asn: 64500, name: null, kind: 'vpn' }, 'AS64500', 'VPN'],
  [{ asn: null, name: null, kind: 'tor' }, null, 'Tor'],
  [{ asn: null, name: 'Example Relay', kind: 'relay' }, 'Example Relay', 'Privacy relay'],
  [{ asn: null, name: null, kind: 'private' }, 'Private network', null],
  [{ asn: null, name: null, kind: 'unknown' }, null, null],
  [null, null, null],
])('of the network %o it says %s, and marks it as %s', (network, name, mark) => {
  expect(networkText(network)).toEqual({ name, mark })
})
