import type { Duration } from '../foundation/time.ts'
import type { Timers } from '../foundation/timers.ts'

/** Timers that go off when a test lets them. */
export interface FakeTimers extends Timers {
  /** Lets time pass; calls what is due, in order, what is set meanwhile included. */
  advance(by: Duration): void
  /** How many are set. */
  readonly pending: number
}

/**
 * Timers for tests.
 *
 * @example
 * const timers = fakeTimers()
 * timers.advance(minutes(1))
 */
export function fakeTimers(): FakeTimers {
  const waiting = new Set<{ readonly due: number; readonly run: () => void }>()
  let elapsed = 0
  return {
    after(delay, run) {
      const timer = { due: elapsed + delay, run }
      waiting.add(timer)
      return () => waiting.delete(timer)
    },
    advance(by) {
      const end = elapsed + by
      for (;;) {
        const [first] = [...waiting].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)
        if (first === undefined) break
        waiting.delete(first)
        elapsed = first.due
        first.run()
      }
      elapsed = end
    },
    get pending() {
      return waiting.size
    },
  }
}
