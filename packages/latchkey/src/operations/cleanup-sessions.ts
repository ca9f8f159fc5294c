import { earlier, type Instant } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { forgottenBefore } from '../rules/retention.ts'
import { livenessBounds } from '../rules/session-status.ts'
import { boundsForStore } from './bounds-for-store.ts'
import type { Wiring } from './wiring.ts'

/** How cleanup is doing. */
export interface CleanupState {
  /** Sessions past their deadline that have not been ended yet, counted up to 10,000. */
  readonly backlog: number
  /** When the last run ended without an error; null when there was none since the start. */
  readonly lastRunAt: Instant | null
  readonly endedInLastRun: number
}

/** Sessions in one step. Larger: other writes wait longer behind it. Smaller: more flushes to disk. */
export const cleanupBatch = 500

/** Counting stops here: past it, "many" is all that anybody needs to know. */
const mostBacklog = 10_000

/** Ends and forgets, and remembers how that went. */
export interface Cleanup {
  /** At most `mostBatches` steps; says how many were ended, and whether more may be left. */
  endExpired(mostBatches: number): Promise<CleanupOutcome>
  /** The same for forgetting what ended before the policy's retention. Its events go with it. */
  forgetEnded(mostBatches: number): Promise<CleanupOutcome>
  state(): Promise<CleanupState>
}

export interface CleanupOutcome {
  readonly sessions: number
  readonly moreIsLeft: boolean
}

export function createCleanup(wiring: Wiring): Cleanup {
  const { clock, policy, storage } = wiring
  let lastRunAt: Instant | null = null
  let endedInLastRun = 0

  return {
    async endExpired(mostBatches) {
      const outcome = await endExpired(wiring, mostBatches)
      lastRunAt = clock.now()
      endedInLastRun = outcome.sessions
      return outcome
    },

    async forgetEnded(mostBatches) {
      const limit = forgottenBefore(policy, clock.now())
      if (limit === null) return { sessions: 0, moreIsLeft: false }
      const { sessions, moreIsLeft } = await inBatches(mostBatches, () =>
        storage.sessions.forget(limit, cleanupBatch),
      )
      const events = await inBatches(mostBatches, () => storage.events.forget(limit, cleanupBatch))
      return { sessions, moreIsLeft: moreIsLeft || events.moreIsLeft }
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
async function endExpired(wiring: Wiring, mostBatches: number): Promise<CleanupOutcome> {
  const now = wiring.clock.now()
  const bounds = livenessBounds(wiring.policy, earlier(now, wiring.cache.oldestLoadAt ?? now))
  await wiring.activity.flush()
  return inBatches(mostBatches, async () => {
    const settled = wiring.coherence.watch()
    const ended = await wiring.storage.sessions.cleanup(bounds, now, cleanupBatch)
    for (const { id, userId } of ended) {
      wiring.activity.forget(id)
      wiring.coherence.drop({ kind: 'session', id, userId })
    }
    await settled()
    return ended.length
  })
}

/** Step after step until one finds less than it may take, with room for others in between. */
async function inBatches(mostBatches: number, step: () => Promise<number>): Promise<CleanupOutcome> {
  let sessions = 0
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const done = await step()
    sessions += done
    if (done < cleanupBatch) return { sessions, moreIsLeft: false }
    await nextTurn()
  }
  return { sessions, moreIsLeft: true }
}
