import { type Instant, instantOf } from '../foundation/time.ts'
import type { FadingFact } from '../ports/session-store.ts'
import { fadedBefore } from '../rules/retention.ts'
import type { CleanupOutcome, CleanupPace } from './cleanup-batches.ts'
import type { Wiring } from './wiring.ts'

/** Forgets facts of sessions whose time is over, and remembers up to where that is done. */
export interface Fading {
  /** As many steps as the pace has for each fact. Counts no sessions. */
  fade(pace: CleanupPace): Promise<Pick<CleanupOutcome, 'moreIsLeft'>>
}

const facts: readonly FadingFact[] = ['ipAddress', 'userAgent']

/** Where it is done up to is known to this process alone: the first run of each looks at all sessions of that age once. */
export function createFading({ clock, policy, storage }: Wiring): Fading {
  const doneUpTo = new Map<FadingFact, Instant>()

  /** Whether more may be left. */
  async function fadeOne(fact: FadingFact, pace: CleanupPace): Promise<boolean> {
    const before = fadedBefore(policy, fact, clock.now())
    if (before === null) return false
    for (let batch = 0; batch < pace.mostBatches; batch += 1) {
      const from = doneUpTo.get(fact) ?? instantOf(0)
      const { result: reached } = await pace.take('fade', (limit) =>
        storage.sessions.fade(fact, from, before, limit),
      )
      // Not what it was before: a clock that ran ahead meanwhile would make it miss what is created next.
      if (reached === null) {
        doneUpTo.set(fact, before)
        return false
      }
      doneUpTo.set(fact, reached)
    }
    return true
  }

  return {
    async fade(pace) {
      let moreIsLeft = false
      for (const fact of facts) moreIsLeft = (await fadeOne(fact, pace)) || moreIsLeft
      return { moreIsLeft }
    },
  }
}
