import type { Instant } from '../foundation/time.ts'
import { type Fingerprint, type FingerprintHashes, fingerprintComponents } from '../model/fingerprint.ts'

/** A browser is updated about every month: more would reach back past what a browser is recognised by. */
export const longestHistory = 8

/** The history with what was just seen as its newest. What was seen before is not written down twice. */
export function historyWith(
  history: readonly Fingerprint[],
  hashes: FingerprintHashes,
  now: Instant,
): readonly Fingerprint[] {
  const others = history.filter((earlier) => !areEqual(earlier.hashes, hashes))
  return [...others, { seenAt: now, hashes }].slice(-longestHistory)
}

function areEqual(a: FingerprintHashes, b: FingerprintHashes): boolean {
  return fingerprintComponents.every((component) => a[component] === b[component])
}
