import type { Duration, Timers } from 'latchkey'

/** Timers that go off when a test says so. */
export interface WaitingTimers extends Timers {
  /** Runs what waits for no longer than that, once. */
  pass(longest: Duration): void
  clear(): void
}

export function waitingTimers(): WaitingTimers {
  const waiting = new Map<() => void, number>()
  return {
    after(delay, run) {
      waiting.set(run, delay)
      return () => waiting.delete(run)
    },
    pass(longest) {
      for (const [run, delay] of [...waiting]) {
        if (delay > longest) continue
        waiting.delete(run)
        run()
      }
    },
    clear: () => waiting.clear(),
  }
}
