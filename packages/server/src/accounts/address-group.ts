import ipaddr from 'ipaddr.js'

/**
 * What counts as one address: an IPv4 address, or an IPv6 network of 64 bits, which is what a single household
 * or server gets and can change at will (RFC 6177).
 */
export function addressGroup(ipAddress: string | null): string {
  if (ipAddress === null || !ipaddr.isValid(ipAddress)) return 'unknown'
  const address = ipaddr.process(ipAddress)
  if (address.kind() === 'ipv4') return address.toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toNormalizedString()}/64`
}
