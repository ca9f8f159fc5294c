import type { BusyMeter } from '../foundation/busy-meter.ts'
import { type Clock, type Duration, hours, milliseconds, seconds } from '../foundation/time.ts'
import { nextTurn, type Timers } from '../foundation/timers.ts'
import { type CleanupKind, type CleanupPace, cleanupBatch } from './cleanup-batches.ts'

/** Steps of a kind in one run. More: other kinds wait longer for their turn. */
export const batchesInOneRun = 10

/**
 * How long a step is to take: on SQLite nothing else happens in the process meanwhile. Longer: whoever meets one waits longer.
 * Shorter: most of a step is its flush to disk.
 */
export const stepLength: Duration = milliseconds(3)

/**
 * How many times as long as a step the rest after it is while the process has other work: so, one request in a thousand meets
 * one, and the slowest hundredth is what it is without. At 100, that hundredth were those that meet one. Larger: a backlog
 * takes longer. Smaller: more of them wait.
 */
export const restFactor = 1_000

/** The same while it has none. Larger: quiet hours bring less. Smaller: whoever comes then meets a step more often. */
export const restFactorWhileIdle = 10

/** Busy for more than this part of the last rest: it has other work. Larger: a trickle of requests meets many steps. */
export const idleShare = 0.05

/** Longer: a machine that is busy gets nothing done. */
export const longestRest: Duration = seconds(4)

/** After so long with something left over all the time the rests are a quarter of what they were. Longer: sign-ins without pause outrun cleanup for longer. */
export const patience: Duration = hours(1)

/** In rows. Fewer: a machine that is busy gets nothing done. */
export const smallestBatch = 10

/** For cleanup in the background: short steps, and long rests between them. */
export interface GentlePace extends CleanupPace {
  /** Said after each run. */
  onRun(moreIsLeft: boolean): void
  /** Ends the rest that is under way; from now on there is none. */
  hurry(): void
}

export function gentlePace(clock: Clock, timers: Timers, busy: BusyMeter): GentlePace {
  const limits = new Map<CleanupKind, number>()
  const { rest, hurry } = interruptibleRest(timers)
  let behindSince: number | null = null

  function restAfter(took: number, share: number): Duration {
    const factor = share > idleShare ? restFactor : restFactorWhileIdle
    const hoursBehind = behindSince === null ? 0 : (clock.monotonic() - behindSince) / patience
    return milliseconds(Math.min(took * factor, longestRest) / 4 ** Math.min(3, Math.floor(hoursBehind)))
  }

  return {
    mostBatches: batchesInOneRun,
    async take(kind, step) {
      const limit = limits.get(kind) ?? smallestBatch
      const share = busy.share()
      const began = clock.monotonic()
      await nextTurn()
      const turned = clock.monotonic()
      const result = await step(limit)
      // What is busy with others takes a turn as long as theirs: that much of it is not the step's.
      const took = Math.max(0, clock.monotonic() - turned - (turned - began))
      limits.set(kind, nextLimit(limit, took))
      busy.restart()
      await rest(restAfter(took, share))
      return { result, limit }
    },
    onRun(moreIsLeft) {
      behindSince = moreIsLeft ? (behindSince ?? clock.monotonic()) : null
    },
    hurry,
  }
}

function interruptibleRest(timers: Timers): {
  readonly rest: (length: Duration) => Promise<void>
  readonly hurry: () => void
} {
  let wakeUp: (() => void) | null = null
  let isHurried = false
  return {
    async rest(length) {
      if (length < 1 || isHurried) return nextTurn()
      await new Promise<void>((resolve) => {
        const cancel = timers.after(length, resolve)
        wakeUp = () => {
          cancel()
          resolve()
        }
      })
      wakeUp = null
    },
    hurry() {
      isHurried = true
      wakeUp?.()
    },
  }
}

function nextLimit(limit: number, took: number): number {
  if (took > stepLength) return Math.max(smallestBatch, Math.floor(limit / 2))
  return took < stepLength / 2 ? Math.min(cleanupBatch, limit * 2) : limit
}
