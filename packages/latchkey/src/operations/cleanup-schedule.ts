import { type Duration, minutes, seconds } from '../foundation/time.ts'
import { spread } from '../foundation/timers.ts'
import type { Cleanup } from './cleanup-sessions.ts'
import type { Wiring } from './wiring.ts'

/** Longer: counters and totals stay behind the deadlines for longer. Shorter: an index is looked at for nothing. */
export const cleanupInterval: Duration = seconds(60)

/** Late enough not to slow down a start. */
export const firstCleanupAfter: Duration = seconds(5)

/** After a run that left something: soon, but other work comes first. */
export const nextCleanupAfterBacklog: Duration = seconds(1)

/** Longest that a failing cleanup waits: an outage of the storage is noticed by others sooner. */
export const cleanupIntervalWhileFailing: Duration = minutes(1)

/** Steps in one run. More: a run after a long pause takes writes away from sign-ins for longer. */
export const batchesInOneRun = 10

/** Runs cleanup and retention until `stop`, which resolves when nothing is under way any more. */
export interface CleanupSchedule {
  stop(): Promise<void>
}

export function scheduleCleanup(wiring: Wiring, cleanup: Cleanup, chance: () => number): CleanupSchedule {
  let underway: Promise<void> = Promise.resolve()
  let stopped = false
  let cancel = wakeAfter(firstCleanupAfter)

  function wakeAfter(delay: Duration): () => void {
    return wiring.timers.after(spread(delay, chance()), () => {
      underway = runOnce(wiring, cleanup).then((delayUntilNext) => {
        if (!stopped) cancel = wakeAfter(delayUntilNext)
      })
    })
  }

  return {
    stop() {
      stopped = true
      cancel()
      return underway
    },
  }
}

/** One bounded run; gives the delay until the next. Never rejects: a failure is reported, and the next run tries again. */
async function runOnce(wiring: Wiring, cleanup: Cleanup): Promise<Duration> {
  try {
    const ended = await cleanup.endExpired(batchesInOneRun)
    const forgotten = await cleanup.forgetEnded(batchesInOneRun)
    return ended.moreIsLeft || forgotten.moreIsLeft ? nextCleanupAfterBacklog : cleanupInterval
  } catch (error) {
    wiring.report(error, 'cleanup')
    return cleanupIntervalWhileFailing
  }
}
