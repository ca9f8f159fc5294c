import { isIPv4, isIPv6 } from 'node:net'

/** An IPv4 address inside IPv6 (RFC 4291, section 2.5.5.2), as a URL has it. */
const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/

/**
 * The one spelling of an address: IPv4 dotted in four decimals, IPv6 as RFC 5952 writes it, without a zone, and
 * an IPv4 address inside IPv6 (`::ffff:192.0.2.1`) as IPv4. Null for anything else.
 */
export function canonicalAddress(text: string): string | null {
  const written = text.trim()
  if (isIPv4(written)) return written
  const [bare = ''] = written.split('%')
  if (!isIPv6(bare)) return null
  // The URL Standard writes IPv6 as RFC 5952 does, but for what is mapped.
  const spelling = URL.parse(`http://[${bare}]`)?.hostname.slice(1, -1) ?? null
  const [, high, low] = (spelling === null ? null : mapped.exec(spelling)) ?? []
  return high === undefined || low === undefined ? spelling : dotted(high, low)
}

function dotted(high: string, low: string): string {
  const halves = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return halves.flatMap((half) => [half >>> 8, half & 255]).join('.')
}
