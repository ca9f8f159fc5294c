import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalAddress } from '../foundation/ip-address.ts'
import { clientAddress, parseTrustedProxies } from './client-address.ts'

const proxies = parseTrustedProxies(['10.0.0.0/8', '2001:db8:ffff::/48'])
const visitor = (forwarded: string, socket = '10.0.0.1') =>
  clientAddress(socket, forwarded, proxies, 'forwarded')

describe('of a Forwarded header (RFC 7239)', () => {
  it.each<[string, string, string | null]>([
    ['the address', 'for=192.0.2.1', '192.0.2.1'],
    ['the address in quotes', 'for="192.0.2.1"', '192.0.2.1'],
    ['the address without its port', 'for="192.0.2.1:4711"', '192.0.2.1'],
    ['the address without an obfuscated port', 'for="192.0.2.1:_gate-7"', '192.0.2.1'],
    ['an IPv6 address out of its brackets', 'for="[2001:db8:cafe::17]"', '2001:db8:cafe::17'],
    ['an IPv6 address without its port', 'For="[2001:db8:cafe::17]:4711"', '2001:db8:cafe::17'],
    ['an IPv6 address without its zone', 'for="[fe80::1%25eth0]"', 'fe80::1'],
    ['an IPv4 address out of IPv6', 'for="[::ffff:192.0.2.1]:443"', '192.0.2.1'],
    ['the address among other parameters', 'proto=https;for=192.0.2.1;by=10.0.0.1', '192.0.2.1'],
    ['the hop before each trusted one', 'for=192.0.2.1, for=10.2.3.4;proto=http', '192.0.2.1'],
    ['the hop before a trusted IPv6 one', 'for=192.0.2.1,for="[2001:db8:ffff::9]:80"', '192.0.2.1'],
    ['the right-most that is not trusted', 'for=203.0.113.9, for=192.0.2.1, for=10.0.0.2', '192.0.2.1'],
    ['the last when all are trusted', 'for=10.0.0.3, for=10.0.0.2', '10.0.0.3'],
    ['nothing of an unknown visitor', 'for=203.0.113.9, for=unknown', null],
    ['nothing of a hidden visitor', 'for=203.0.113.9, for="_hidden"', null],
    ['nothing of a hop without a visitor', 'for=203.0.113.9, proto=https', null],
    ['nothing of an empty header', '', null],
    ['nothing of an open quotation mark', 'for="203.0.113.9, for=192.0.2.1', null],
    ['nothing of another grammar', '203.0.113.9', null],
    ['nothing of a name that objects have', '__proto__=203.0.113.9;constructor=x', null],
    ['nothing of an IPv4 address in octal', 'for=010.0.0.1', null],
  ])('%s is taken', (_, header, expected) => {
    expect(visitor(header)).toBe(expected)
  })

  it('nothing is believed from a socket that is not trusted', () => {
    expect(visitor('for=192.0.2.1', '198.51.100.7')).toBe('198.51.100.7')
  })

  it('several come joined, as servers and Fetch join them', () => {
    const headers = new Headers([
      ['forwarded', 'for=203.0.113.9'],
      ['forwarded', 'for=192.0.2.1'],
    ])
    expect(visitor(headers.get('forwarded') ?? '')).toBe('192.0.2.1')
  })

  it('whatever a visitor sends ahead, it comes to the truth or to nothing, never to another address', () => {
    const piece = fc.constantFrom(
      'for=',
      '203.0.113.9',
      '"',
      '\\',
      ',',
      ';',
      '=',
      ' ',
      '[',
      ']',
      ':',
      'x',
      '_h',
    )
    const invention = fc.oneof(
      fc.array(piece, { maxLength: 20 }).map((all) => all.join('')),
      fc.string(),
    )
    const honest = fc.constantFrom(
      'for=192.0.2.1',
      'for="192.0.2.1:99";proto=https',
      'proto=https;host="a.example.com";for=192.0.2.1',
      'by="[2001:db8:ffff::1]:80";for="192.0.2.1"',
    )
    fc.assert(
      fc.property(invention, honest, fc.constantFrom(', ', ','), (invented, added, comma) => {
        expect(['192.0.2.1', null]).toContain(visitor(invented + comma + added))
      }),
      { numRuns: 3_000 },
    )
  })

  it('any address comes out of it in its one spelling', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.option(fc.nat(65_535)), (address, port) => {
        const node = address.includes(':') ? `[${address}]` : address
        const header = `for="${node}${port === null ? '' : `:${port}`}"`
        const alone = clientAddress('192.0.2.254', header, parseTrustedProxies(['192.0.2.254']), 'forwarded')
        expect(alone).toBe(canonicalAddress(address))
      }),
    )
  })

  it.each([
    ['commas', ','.repeat(1_000_000)],
    ['hops', 'for=10.0.0.1,'.repeat(80_000)],
    ['quotes', `for="${'\\"'.repeat(500_000)}"`],
    ['brackets', `for="${'['.repeat(1_000_000)}"`],
    ['colons', `for="${':'.repeat(1_000_000)}"`],
    ['digits', `for=${'1'.repeat(1_000_000)}`],
    ['dots', `for=${'1.'.repeat(500_000)}`],
    ['blanks', `for=a${' '.repeat(1_000_000)}b`],
  ])('a megabyte of %s takes no longer than its length', (_, header) => {
    const startedAt = performance.now()
    for (const kind of ['forwarded', 'x-forwarded-for'] as const) {
      clientAddress('10.0.0.1', header, proxies, kind)
    }
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })
})
