import type { Instant } from '../foundation/time.ts'
import { devicesForgottenBefore, fingerprintsForgottenBefore } from '../rules/retention.ts'
import {
  type CleanupKind,
  type CleanupOutcome,
  type CleanupPace,
  inBatches,
  nothingDone,
} from './cleanup-batches.ts'
import type { Wiring } from './wiring.ts'

/** Forgets fingerprints whose time is over, and devices that nobody uses any more. Counts no sessions. */
export async function forgetOfDevices(
  { clock, policy, storage: { devices } }: Wiring,
  pace: CleanupPace,
): Promise<Pick<CleanupOutcome, 'moreIsLeft'>> {
  const now = clock.now()
  const older = async (
    kind: CleanupKind,
    before: Instant | null,
    step: (before: Instant, limit: number) => Promise<number>,
  ) => (before === null ? nothingDone : inBatches(pace, kind, (limit) => step(before, limit)))
  const fingerprints = await older(
    'fingerprints',
    fingerprintsForgottenBefore(policy, now),
    (seenBefore, limit) => devices.forgetFingerprints(seenBefore, limit),
  )
  const unused = await older('devices', devicesForgottenBefore(policy, now), (lastSeenBefore, limit) =>
    devices.forgetUnused(lastSeenBefore, now, limit),
  )
  return { moreIsLeft: fingerprints.moreIsLeft || unused.moreIsLeft }
}
