import { setImmediate } from 'node:timers/promises'
import type { Duration } from './time.ts'

/** Who wakes the work in the background. Handed in, so that tests let time pass by hand. */
export interface Timers {
  /** Calls `run` once after the delay, or never when the function that it returns was called before. */
  after(delay: Duration, run: () => void): () => void
}

/** The machine's timers: the only place in the library that sets one. None of them keeps a process alive. */
export const systemTimers: Timers = {
  after(delay, run) {
    const timer = setTimeout(run, delay)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** Lets everything that is waiting have its turn of the event loop first. */
export function nextTurn(): Promise<void> {
  return setImmediate()
}

/**
 * A delay between 80 % and 120 % of the one given, so that processes that were started together do not come
 * back together. `chance` is from 0 up to 1.
 */
export function spread(delay: Duration, chance: number): Duration {
  return (delay * (0.8 + 0.4 * chance)) as Duration
}
