import type { NetworkOnWire } from 'latchkey/client'

const kinds: Record<NetworkOnWire['kind'], string> = {
  isp: '',
  mobile: 'mobile',
  hosting: 'hosting',
  relay: 'privacy relay',
  vpn: 'VPN',
  tor: 'Tor',
  private: 'private network',
  unknown: '',
}

/** Networks through which people, or programs, come from elsewhere than they are. */
const unusual: ReadonlySet<NetworkOnWire['kind']> = new Set(['hosting', 'relay', 'vpn', 'tor'])

/** `Telenor · mobile`, as far as it is known: `name` for the line, `mark` for what should catch the eye, null each where there is nothing. */
export function networkText(network: NetworkOnWire | null): {
  readonly name: string | null
  readonly mark: string | null
} {
  if (network === null) return { name: null, mark: null }
  const kind = kinds[network.kind] ?? ''
  const name =
    network.name ?? (network.asn === null || network.kind === 'private' ? null : `AS${network.asn}`)
  if (unusual.has(network.kind)) return { name, mark: capital(kind) }
  const words = [name, kind].filter(Boolean).join(' · ')
  return { name: words === '' ? null : capital(words), mark: null }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
