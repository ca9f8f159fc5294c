import type { Instant } from '../foundation/time.ts'
import { devicesForgottenBefore, fingerprintsForgottenBefore } from '../rules/retention.ts'
import { type CleanupOutcome, cleanupBatch, inBatches, nothingDone } from './cleanup-batches.ts'
import type { Wiring } from './wiring.ts'

/** Forgets fingerprints whose time is over, and devices that nobody uses any more. Counts no sessions. */
export async function forgetOfDevices(
  { clock, policy, storage: { devices } }: Wiring,
  mostBatches: number,
): Promise<Pick<CleanupOutcome, 'moreIsLeft'>> {
  const now = clock.now()
  const older = async (limit: Instant | null, step: (limit: Instant) => Promise<number>) =>
    limit === null ? nothingDone : inBatches(mostBatches, () => step(limit))
  const fingerprints = await older(fingerprintsForgottenBefore(policy, now), (seenBefore) =>
    devices.forgetFingerprints(seenBefore, cleanupBatch),
  )
  const unused = await older(devicesForgottenBefore(policy, now), (lastSeenBefore) =>
    devices.forgetUnused(lastSeenBefore, now, cleanupBatch),
  )
  return { moreIsLeft: fingerprints.moreIsLeft || unused.moreIsLeft }
}
