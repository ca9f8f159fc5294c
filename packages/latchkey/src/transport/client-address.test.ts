import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { canonicalAddress } from '../foundation/ip-address.ts'
import { clientAddress, parseTrustedProxies } from './client-address.ts'
import { requestFacts } from './request-facts.ts'

const proxies = parseTrustedProxies(['10.0.0.0/8', '203.0.113.9', '2001:db8:ffff::/48'])

describe('who sent the request', () => {
  it.each<[string, string | null, string | null, string | null]>([
    ['the socket alone', '198.51.100.7', null, '198.51.100.7'],
    ['an untrusted socket that claims to be a proxy', '198.51.100.7', '192.0.2.1', '198.51.100.7'],
    ['one trusted proxy', '10.0.0.1', '192.0.2.1', '192.0.2.1'],
    ['two trusted proxies', '10.0.0.1', '192.0.2.1, 10.2.3.4', '192.0.2.1'],
    ['a visitor who made up what stands left', '10.0.0.1', '1.1.1.1, 127.0.0.1, 192.0.2.1', '192.0.2.1'],
    ['a visitor who made up a trusted hop', '10.0.0.1', '10.9.9.9, 192.0.2.1', '192.0.2.1'],
    ['a visitor who made up garbage', '10.0.0.1', '<script>, 192.0.2.1', '192.0.2.1'],
    ['a proxy that says nothing', '10.0.0.1', null, '10.0.0.1'],
    ['a proxy that says an empty thing', '10.0.0.1', '', null],
    ['a proxy whose word is no address', '10.0.0.1', '192.0.2.1, unknown', null],
    ['only trusted hops', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['a proxy trusted by address', '203.0.113.9', '192.0.2.1', '192.0.2.1'],
    ['its neighbour', '203.0.113.8', '192.0.2.1', '203.0.113.8'],
    ['a proxy seen through a dual-stack socket', '::ffff:10.0.0.1', '::ffff:192.0.2.1', '192.0.2.1'],
    ['an IPv6 proxy and visitor', '2001:db8:ffff::1', '2001:DB8:0:0::00A1', '2001:db8::a1'],
    ['hops with ports', '10.0.0.1', '192.0.2.1:5678', '192.0.2.1'],
    ['IPv6 hops with ports', '10.0.0.1', '[2001:db8::1]:443', '2001:db8::1'],
    ['IPv6 hops in brackets', '10.0.0.1', '[2001:db8::1]', '2001:db8::1'],
    ['spaces and tabs', '10.0.0.1', ' \t192.0.2.1 ', '192.0.2.1'],
    ['an octal spelling', '10.0.0.1', '010.0.0.1', null],
    ['a short spelling', '10.0.0.1', '127.1', null],
    ['a number', '10.0.0.1', '2130706433', null],
    ['a hexadecimal spelling', '10.0.0.1', '0x7f.0.0.1', null],
    ['a link-local socket with its zone', 'fe80::1%eth0', null, 'fe80::1'],
    ['an unknown socket', null, '192.0.2.1', null],
    ['a socket without an address', '', '192.0.2.1', null],
  ])('%s', (_, socket, forwardedFor, expected) => {
    expect(clientAddress(socket, forwardedFor, proxies)).toBe(expected)
  })

  it('is the socket where no proxy is trusted', () => {
    expect(clientAddress('10.0.0.1', '192.0.2.1', [])).toBe('10.0.0.1')
  })

  it('cannot be changed by whatever a visitor sends ahead of it', () => {
    const invention = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string().map((text) => text.replaceAll(',', '')),
    )
    fc.assert(
      fc.property(fc.array(invention), (invented) => {
        const forwardedFor = [...invented, '192.0.2.1'].join(', ')
        expect(clientAddress('10.0.0.1', forwardedFor, proxies)).toBe('192.0.2.1')
      }),
    )
  })

  it('is told by the one header that was chosen, and the other is never read', () => {
    const headers = { 'x-forwarded-for': '192.0.2.1', forwarded: 'for=198.51.100.7' }
    const of = (header: keyof typeof headers) =>
      requestFacts({ headers }, { remoteAddress: '10.0.0.1' }, proxies, header).ipAddress
    expect([of('x-forwarded-for'), of('forwarded')]).toEqual(['192.0.2.1', '198.51.100.7'])
  })

  it('never throws, whatever the header holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), fc.string(), (forwardedFor, socket) => {
        clientAddress('10.0.0.1', forwardedFor, proxies)
        clientAddress('10.0.0.1', forwardedFor, proxies, 'forwarded')
        clientAddress(socket, forwardedFor, proxies)
      }),
    )
  })
})

it('an address has one spelling', () => {
  const spellings = [
    '2001:db8::1',
    '2001:DB8::1',
    '2001:0db8:0:0:0:0:0:1',
    ' 2001:db8:0::0:1 ',
    '2001:db8::1%en0',
  ]
  expect(new Set(spellings.map(canonicalAddress))).toEqual(new Set(['2001:db8::1']))
  expect(canonicalAddress('::ffff:192.0.2.1')).toBe('192.0.2.1')
  expect(canonicalAddress('::FFFF:C000:201')).toBe('192.0.2.1')
  expect(canonicalAddress('example.com')).toBeNull()
})

it('the spelling of a visitor is the one of every other address', () => {
  const ends = fc.constantFrom('', '%eth0', '%', ' ')
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), ends, (address, end) => {
      expect(clientAddress((address + end).trim(), null, [])).toBe(canonicalAddress(address + end))
    }),
    { numRuns: 1_000 },
  )
})

it('the canonical spelling is its own', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      const once = canonicalAddress(address)
      expect(once).not.toBeNull()
      expect(canonicalAddress(once ?? '')).toBe(once)
    }),
  )
})

it.each([
  '10.0.0.0/33',
  '10.0.0.0/',
  'proxy.example.com',
  '',
  '10.0.0/8',
  '192.168/16',
  '10.0.0.0/8/8',
  '10.0.0.0/-1',
  '::ffff:10.0.0.0/104',
  '2001:db8::/129',
])('%j is refused as a trusted proxy at the start', (range) => {
  expect(() => parseTrustedProxies([range])).toThrow(LatchkeyError)
})
