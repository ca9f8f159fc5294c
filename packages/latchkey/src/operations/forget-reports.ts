import type { Instant } from '../foundation/time.ts'
import { rollupIntervals } from '../model/rollup.ts'
import {
  alertsForgottenBefore,
  bulkEndingsForgottenBefore,
  historiesForgottenBefore,
  rollupsForgottenBefore,
} from '../rules/retention.ts'
import {
  type CleanupKind,
  type CleanupOutcome,
  type CleanupPace,
  inBatches,
  nothingDone,
} from './cleanup-batches.ts'
import type { Wiring } from './wiring.ts'

/** Forgets alerts, histories, numbers over time and bulk endings whose time is over. Counts no sessions. */
export async function forgetReports(
  { clock, policy, storage: { alerts, rollups, bulkEndings } }: Wiring,
  pace: CleanupPace,
): Promise<Pick<CleanupOutcome, 'moreIsLeft'>> {
  const now = clock.now()
  const older = async (
    kind: CleanupKind,
    before: Instant | null,
    step: (before: Instant, most: number) => Promise<number>,
  ) => (before === null ? nothingDone : inBatches(pace, kind, (most) => step(before, most)))
  const outcomes = [
    await older('alerts', alertsForgottenBefore(policy, now), (before, most) => alerts.forget(before, most)),
    await older('histories', historiesForgottenBefore(policy, now), (before, most) =>
      alerts.forgetHistories(before, most),
    ),
    await older('bulk-endings', bulkEndingsForgottenBefore(now), (before, most) =>
      bulkEndings.forget(before, most),
    ),
  ]
  for (const interval of rollupIntervals) {
    const limit = rollupsForgottenBefore(policy, interval, now)
    outcomes.push(await older('rollups', limit, (before, most) => rollups.forget(interval, before, most)))
  }
  return { moreIsLeft: outcomes.some(({ moreIsLeft }) => moreIsLeft) }
}
