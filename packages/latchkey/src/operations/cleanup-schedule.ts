import { eventLoopMeter } from '../foundation/busy-meter.ts'
import { type Duration, minutes, seconds } from '../foundation/time.ts'
import { spread } from '../foundation/timers.ts'
import { type GentlePace, gentlePace } from './cleanup-pace.ts'
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

/** Runs cleanup and retention until `stop`, which resolves when nothing is under way any more. */
export interface CleanupSchedule {
  stop(): Promise<void>
}

export function scheduleCleanup(wiring: Wiring, cleanup: Cleanup, chance: () => number): CleanupSchedule {
  const pace = gentlePace(wiring.clock, wiring.timers, eventLoopMeter())
  let underway: Promise<void> = Promise.resolve()
  let stopped = false
  let cancel = wakeAfter(firstCleanupAfter)

  function wakeAfter(delay: Duration): () => void {
    return wiring.timers.after(spread(delay, chance()), () => {
      underway = runOnce(wiring, cleanup, pace).then((delayUntilNext) => {
        if (!stopped) cancel = wakeAfter(delayUntilNext)
      })
    })
  }

  return {
    stop() {
      stopped = true
      cancel()
      pace.hurry()
      return underway
    },
  }
}

/** One bounded run; gives the delay until the next. Never rejects: a failure is reported, and the next run tries again. */
async function runOnce(wiring: Wiring, cleanup: Cleanup, pace: GentlePace): Promise<Duration> {
  try {
    const ended = await cleanup.endExpired(pace)
    const forgotten = await cleanup.forgetEnded(pace)
    const moreIsLeft = ended.moreIsLeft || forgotten.moreIsLeft
    pace.onRun(moreIsLeft)
    return moreIsLeft ? nextCleanupAfterBacklog : cleanupInterval
  } catch (error) {
    wiring.report(error, 'cleanup')
    return cleanupIntervalWhileFailing
  }
}
