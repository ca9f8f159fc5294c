import type { Instant } from '../foundation/time.ts'

/** What of a browser is looked at, where the operator has switched that on. */
export const fingerprintComponents = [
  'canvas',
  'audio',
  'webgl',
  'fonts',
  'screen',
  'hardware_concurrency',
  'device_memory',
  'time_zone',
  'languages',
] as const

/** One of {@link fingerprintComponents}. */
export type FingerprintComponent = (typeof fingerprintComponents)[number]

/** A keyed hash for each component that the browser gave; what it gave is kept nowhere. */
export type FingerprintHashes = Readonly<Partial<Record<FingerprintComponent, string>>>

/** How a browser looked at some time. Evidence, never identity: no fingerprint merges, blocks or trusts anything. */
export interface Fingerprint {
  readonly seenAt: Instant
  readonly hashes: FingerprintHashes
}

/** The history that the text holds; empty when it holds anything else: a damaged row says nothing. Never throws. */
export function parseFingerprints(text: string): readonly Fingerprint[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter(isFingerprint) : []
  } catch {
    return []
  }
}

function isFingerprint(value: unknown): value is Fingerprint {
  const { seenAt, hashes } = (value ?? {}) as { readonly [Field in keyof Fingerprint]?: unknown }
  return typeof seenAt === 'number' && typeof hashes === 'object' && hashes !== null
}
