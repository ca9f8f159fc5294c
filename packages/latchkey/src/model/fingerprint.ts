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
