import { earlier, type Instant } from '../foundation/time.ts'
import { forgottenBefore } from '../rules/retention.ts'
import { livenessBounds } from '../rules/session-status.ts'
import type { AuditChain } from './audit-chain.ts'
import { boundsForStore } from './bounds-for-store.ts'
import { type CleanupOutcome, type CleanupPace, inBatches, nothingDone } from './cleanup-batches.ts'
import { createFading } from './fade-facts.ts'
import { forgetOfDevices } from './forget-devices.ts'
import { createEventRetention } from './forget-events.ts'
import { forgetReports } from './forget-reports.ts'
import type { ReportWorker } from './report-worker.ts'
import { createTightening } from './tighten-sessions.ts'
import type { Wiring } from './wiring.ts'

/** How cleanup is doing. */
export interface CleanupState {
  /** Sessions past their deadline that have not been ended yet, counted up to 10,000. */
  readonly backlog: number
  /** When sessions past their deadline were last ended, unless forgetting fails since; null when that was never since the start. */
  readonly lastRunAt: Instant | null
  readonly endedInLastRun: number
}

/** Counting stops here: past it, "many" is all that anybody needs to know. */
const mostBacklog = 10_000

/** Ends and forgets, and remembers how that went. */
export interface Cleanup {
  /** As many steps as the pace has; says how many were ended, and whether more may be left. */
  endExpired(pace: CleanupPace): Promise<CleanupOutcome>
  /**
   * The same for forgetting what ended before the policy's retention, and whatever has a retention of its own:
   * addresses, user agents, fingerprints, devices, events, alerts, numbers over time. Counts the sessions.
   */
  forgetEnded(pace: CleanupPace): Promise<CleanupOutcome>
  state(): Promise<CleanupState>
}

export function createCleanup(wiring: Wiring, chain: AuditChain, reports: ReportWorker): Cleanup {
  const { clock, storage } = wiring
  const fading = createFading(wiring)
  const tightening = createTightening(wiring)
  const eventRetention = createEventRetention(wiring, chain, reports)
  let lastRunAt: Instant | null = null
  let endedInLastRun = 0
  /** Until it has come to its end. */
  let forgettingFails = false

  return {
    async endExpired(pace) {
      const { moreIsLeft } = await tightening.tighten(pace)
      const outcome = await endExpired(wiring, pace)
      if (!forgettingFails) lastRunAt = clock.now()
      endedInLastRun = outcome.sessions
      return { ...outcome, moreIsLeft: outcome.moreIsLeft || moreIsLeft }
    },

    async forgetEnded(pace) {
      forgettingFails = true
      const ended = await forgetEnded(wiring, pace)
      const others = [
        await fading.fade(pace),
        await forgetOfDevices(wiring, pace),
        await eventRetention.forget(pace),
        await forgetReports(wiring, pace),
      ]
      forgettingFails = false
      return { ...ended, moreIsLeft: ended.moreIsLeft || others.some(({ moreIsLeft }) => moreIsLeft) }
    },

    async state() {
      const backlog = await storage.statistics.backlog(await boundsForStore(wiring), mostBacklog)
      return { backlog, lastRunAt, endedInLastRun }
    },
  }
}

/**
 * Judged as of the moment before the noted uses are written, or as of the beginning of the oldest verification
 * that is under way, so that no session is ended that was used up to then. When the uses cannot be written,
 * nothing is ended.
 */
async function endExpired(wiring: Wiring, pace: CleanupPace): Promise<CleanupOutcome> {
  const now = wiring.clock.now()
  const bounds = livenessBounds(wiring.policy, earlier(now, wiring.cache.oldestLoadAt ?? now))
  await wiring.activity.flush()
  return inBatches(pace, 'end', async (limit) => {
    const settled = wiring.coherence.watch()
    const ended = await wiring.storage.sessions.cleanup(bounds, now, limit)
    for (const { id, userId } of ended) {
      wiring.activity.forget(id)
      wiring.coherence.drop({ kind: 'session', id, userId })
    }
    await settled()
    return ended.length
  })
}

async function forgetEnded({ clock, policy, storage }: Wiring, pace: CleanupPace): Promise<CleanupOutcome> {
  const endedBefore = forgottenBefore(policy, clock.now())
  if (endedBefore === null) return nothingDone
  return inBatches(pace, 'forget', (limit) => storage.sessions.forget(endedBefore, limit))
}
