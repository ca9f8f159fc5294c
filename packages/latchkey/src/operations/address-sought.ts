import { canonicalAddress } from '../foundation/ip-address.ts'
import { keptAddress } from '../rules/ip-privacy.ts'
import type { AddressPrivacy } from '../rules/session-policy.ts'

/**
 * What sessions from an address have kept of it, whatever its spelling; a network, as it is shown, is itself. Null:
 * the text is neither, or nothing is kept; then what was kept before is not told by a search either.
 */
export function addressSought(text: string, privacy: AddressPrivacy): string | null {
  const address = canonicalAddress(text)
  if (address !== null || privacy === 'none') return keptAddress(address, privacy)
  const [network = '', length] = text.split('/')
  return length !== undefined && canonicalAddress(network) !== null ? text : null
}
