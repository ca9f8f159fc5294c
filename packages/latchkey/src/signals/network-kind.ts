import type { NetworkKind } from '../model/place.ts'
import { type KnownKind, knownNetworks } from './known-networks.ts'

const kinds: ReadonlyMap<number, KnownKind> = new Map(
  Object.entries(knownNetworks).flatMap(([kind, holders]) =>
    Object.values(holders)
      .flat()
      .map((asn) => [asn, kind as KnownKind] as const),
  ),
)

/** What may stand behind a name's last word: legal forms. */
const legalForm = String.raw`(?:[\s,]+(?:inc|ltd|llc|limited|corp|co|company|gmbh|b\.?v|n\.?v|a[bsg]|s\.?a\.?s?|s\.?r\.?[lo]|sdn|bhd|pty|pte|pvt|private|jsc|plc|ou|oy|d\.o\.o)\.?)*`

/**
 * Names that say what their holders sell. Only words that say it by themselves: a `Telecom` may sell anything, a
 * `Wireless` connects homes more often than phones, and China Mobile connects both.
 */
const patterns: readonly (readonly [KnownKind, RegExp])[] = [
  ['vpn', /\bVPN (?:AB|Ltd|LLC|Services?|Inc)\b/i],
  ['hosting', /\b(?:web ?)?hosting\b|\bVPS\b(?! (?:broadband|securities))|\bdedicated servers?\b/i],
  ['mobile', new RegExp(String.raw`(?<!\bchina )\b(?:mobile|cellular)${legalForm}$`, 'i')],
  ['isp', /\bbroadband\b|\binternet service provider\b/i],
]

/** What a network is known to be; `unknown` where neither its number nor its name says it for sure. */
export function networkKind(asn: number | null, name: string | null): NetworkKind {
  const known = asn === null ? undefined : kinds.get(asn)
  if (known !== undefined) return known
  return patterns.find(([, pattern]) => name !== null && pattern.test(name))?.[0] ?? 'unknown'
}
