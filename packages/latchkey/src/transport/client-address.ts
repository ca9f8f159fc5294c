import ipaddr from 'ipaddr.js'
import { invalidArgument } from '../foundation/errors.ts'
import { canonicalAddress } from '../foundation/ip-address.ts'
import { type ForwardedHeader, forwardedHops } from './forwarded-hops.ts'

/** Proxies whose word on the visitor's address is believed. Made by {@link parseTrustedProxies}. */
export type TrustedProxies = readonly AddressRange[]

type Address = ipaddr.IPv4 | ipaddr.IPv6
type AddressRange = readonly [Address, number]

/** IPv6 with an IPv4 tail has 45 characters, and zones have short names. Longer text is read by no parser. */
const longestAddress = 100

/** Each is a CIDR (`10.0.0.0/8`, `2001:db8::/32`) or one address. Throws `invalid-argument` for anything else. */
export function parseTrustedProxies(ranges: readonly string[]): TrustedProxies {
  return ranges.map((text) => {
    const range = parseRange(text)
    if (range !== null) return range
    throw invalidArgument('trustedProxies', 'holds something that is neither an address nor a CIDR')
  })
}

/** Strict: in a lenient reading `192.168/16` is 192.0.0.168/16, and the wrong ones are trusted. */
function parseRange(text: string): AddressRange | null {
  const [written = '', prefix, ...rest] = text.trim().split('/')
  const address = parseAddress(written)
  if (address === null || rest.length > 0) return null
  const longest = address.kind() === 'ipv4' ? 32 : 128
  if (prefix === undefined) return [address, longest]
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
  const isMapped = address.kind() === 'ipv4' && written.includes(':')
  return bits <= longest && !isMapped ? [address, bits] : null
}

/**
 * Who sent the request. Read from the right: each trusted proxy vouches for the hop before it, and the first
 * that is not trusted is the visitor; what stands to its left is the visitor's own invention. Null where the
 * last word of a trusted proxy is no address. `forwarded` is the value of the one header that the proxies set: they
 * pass the other one on as the visitor sent it, so it must never be looked at.
 */
export function clientAddress(
  remoteAddress: string | null,
  forwarded: string | null,
  trusted: TrustedProxies,
  kind: ForwardedHeader = 'x-forwarded-for',
): string | null {
  let client = remoteAddress === null ? null : parseAddress(remoteAddress)
  if (client === null || forwarded === null || !isTrusted(client, trusted)) return spell(client)
  const hops = [...forwardedHops(kind, forwarded)]
  while (client !== null && hops.length > 0 && isTrusted(client, trusted)) {
    client = parseAddress(hops.pop() ?? '')
  }
  return spell(client)
}

function isTrusted(address: Address, trusted: TrustedProxies): boolean {
  return trusted.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits))
}

function parseAddress(text: string): Address | null {
  const spelling = text.length > longestAddress ? null : canonicalAddress(text)
  return spelling === null ? null : ipaddr.parse(spelling)
}

function spell(address: Address | null): string | null {
  if (address === null) return null
  return address.kind() === 'ipv6' ? (address as ipaddr.IPv6).toRFC5952String() : address.toString()
}
