import ipaddr from 'ipaddr.js'
import { invalidArgument } from '../foundation/errors.ts'

/** Proxies whose `X-Forwarded-For` is believed. Made by {@link parseTrustedProxies}. */
export type TrustedProxies = readonly AddressRange[]

type Address = ipaddr.IPv4 | ipaddr.IPv6
type AddressRange = readonly [Address, number]

/** A hop may carry a port: `192.0.2.1:443`, `[2001:db8::1]:443`. */
const withPort = /^(?:\[([^\]]+)\](?::\d{1,5})?|(\d+\.\d+\.\d+\.\d+):\d{1,5})$/

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
 * The one spelling of an address: IPv4 dotted in four decimals, IPv6 as RFC 5952 writes it, without a zone, and
 * an IPv4 address inside IPv6 (`::ffff:192.0.2.1`) as IPv4. Null for anything else, `0x7f.1` and `010.0.0.1` included.
 */
export function canonicalAddress(text: string): string | null {
  const address = parseAddress(text.trim())
  return address === null ? null : spell(address)
}

/**
 * Who sent the request. Read from the right: each trusted proxy vouches for the hop before it, and the first
 * that is not trusted is the visitor; what stands to its left is the visitor's own invention. Null where the
 * last word of a trusted proxy is no address.
 */
export function clientAddress(
  remoteAddress: string | null,
  forwardedFor: string | null,
  trusted: TrustedProxies,
): string | null {
  let client = remoteAddress === null ? null : parseAddress(remoteAddress)
  const hops = forwardedFor === null ? [] : forwardedFor.split(',')
  while (client !== null && hops.length > 0 && isTrusted(client, trusted)) {
    const hop = (hops.pop() ?? '').trim()
    const match = withPort.exec(hop)
    client = parseAddress(match?.[1] ?? match?.[2] ?? hop)
  }
  return client === null ? null : spell(client)
}

function isTrusted(address: Address, trusted: TrustedProxies): boolean {
  return trusted.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits))
}

function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  const [bare = ''] = text.split('%')
  if (!bare.includes(':') || !ipaddr.IPv6.isValid(bare)) return null
  const address = ipaddr.IPv6.parse(bare)
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}

function spell(address: Address): string {
  return address.kind() === 'ipv6' ? (address as ipaddr.IPv6).toRFC5952String() : address.toString()
}
