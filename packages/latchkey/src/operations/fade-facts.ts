import { type Instant, instantOf } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { FadingFact } from '../ports/session-store.ts'
import { fadedBefore } from '../rules/retention.ts'
import { type CleanupOutcome, cleanupBatch } from './cleanup-batches.ts'
import type { Wiring } from './wiring.ts'

/** Forgets facts of sessions whose time is over, and remembers up to where that is done. */
export interface Fading {
  /** At most `mostBatches` steps for each fact. Counts no sessions. */
  fade(mostBatches: number): Promise<Pick<CleanupOutcome, 'moreIsLeft'>>
}

const facts: readonly FadingFact[] = ['ipAddress', 'userAgent']

/** Where it is done up to is known to this process alone: the first run of each looks at all sessions of that age once. */
export function createFading({ clock, policy, storage }: Wiring): Fading {
  const doneUpTo = new Map<FadingFact, Instant>()

  /** Whether more may be left. */
  async function fadeOne(fact: FadingFact, mostBatches: number): Promise<boolean> {
    const limit = fadedBefore(policy, fact, clock.now())
    if (limit === null) return false
    for (let batch = 0; batch < mostBatches; batch += 1) {
      const from = doneUpTo.get(fact) ?? instantOf(0)
      const reached = await storage.sessions.fade(fact, from, limit, cleanupBatch)
      // Not what it was before: a clock that ran ahead meanwhile would make it miss what is created next.
      if (reached === null) {
        doneUpTo.set(fact, limit)
        return false
      }
      doneUpTo.set(fact, reached)
      await nextTurn()
    }
    return true
  }

  return {
    async fade(mostBatches) {
      let moreIsLeft = false
      for (const fact of facts) moreIsLeft = (await fadeOne(fact, mostBatches)) || moreIsLeft
      return { moreIsLeft }
    },
  }
}
