import type { AddressPrivacy } from './session-policy.ts'

/**
 * What is kept of an address in canonical form: all of it; its network, `192.0.2.0/24` or `2001:db8:1::/48`, which
 * is about a neighbourhood and a provider's customer; or nothing. A network stays as it is.
 */
export function keptAddress(address: string | null, privacy: AddressPrivacy): string | null {
  if (address === null || privacy === 'none') return null
  if (privacy === 'full' || address.includes('/')) return address
  return address.includes(':') ? networkOf6(address) : networkOf4(address)
}

function networkOf4(address: string): string {
  return `${address.split('.').slice(0, 3).join('.')}.0/24`
}

/** Three groups of 16 bits are kept; those of them that are zero at the end are within the `::`. */
function networkOf6(address: string): string {
  const [left = '', right] = address.split('::')
  const [before, behind] = [groupsOf(left), groupsOf(right ?? '')]
  const zeros = new Array<string>(Math.max(0, 8 - before.length - behind.length)).fill('0')
  const network = [...before, ...zeros, ...behind].slice(0, 3)
  while (network.at(-1) === '0') network.pop()
  return `${network.join(':')}::/48`
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':')
}
