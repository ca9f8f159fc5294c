import ipaddr from 'ipaddr.js'
import { deriveKey, hmacSha256, toBase64Url } from '../foundation/bytes.ts'

/**
 * What counts as one sender: an IPv4 address, or an IPv6 network of 64 bits, which is what a single household or
 * server gets and can change at will (RFC 6177). The address is canonical; null where it is unknown.
 */
export function requestSource(address: string | null): string | null {
  if (address === null || !address.includes(':')) return address
  return `${networkOf(address, 64)}/64`
}

/** Names where a request came from without saying it: a keyed hash of its network, /24 or /64. */
export type NameSource = (address: string | null) => string | null

/** Names nobody without a secret: addresses are few enough to try them all. */
export function sourceNames(secret: Uint8Array | undefined): NameSource {
  if (secret === undefined) return () => null
  const key = deriveKey(secret, 'sources of refused requests')
  return (address) => {
    if (address === null) return null
    const network = networkOf(address, address.includes(':') ? 64 : 24)
    return `src_${toBase64Url(hmacSha256(key, network).subarray(0, 12))}`
  }
}

function networkOf(address: string, bits: number): string {
  const cidr = `${address}/${bits}`
  const isIpv6 = address.includes(':')
  const network = isIpv6 ? ipaddr.IPv6.networkAddressFromCIDR(cidr) : ipaddr.IPv4.networkAddressFromCIDR(cidr)
  return network.toString()
}
