import { networkOfAddress } from '../foundation/address-network.ts'
import type { AddressPrivacy } from './session-policy.ts'

/**
 * What is kept of an address in canonical form: all of it; its network, `192.0.2.0/24` or `2001:db8:1::/48`, which
 * is about a neighbourhood and a provider's customer; or nothing. A network stays as it is.
 */
export function keptAddress(address: string | null, privacy: AddressPrivacy): string | null {
  if (address === null || privacy === 'none') return null
  return privacy === 'full' ? address : networkOfAddress(address)
}
