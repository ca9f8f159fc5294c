import { canonicalAddress } from '../foundation/ip-address.ts'
import { keptAddress } from '../rules/ip-privacy.ts'
import type { AddressPrivacy } from '../rules/session-policy.ts'

/** What sessions from an address have kept of it, whatever its spelling; a network, as it is shown, is itself. Null: the text is neither. */
export function addressSought(text: string, privacy: AddressPrivacy): string | null {
  const address = canonicalAddress(text)
  if (address !== null) return keptAddress(address, privacy) ?? address
  const [network = '', length] = text.split('/')
  return length !== undefined && canonicalAddress(network) !== null ? text : null
}
