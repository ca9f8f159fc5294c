import type { LiveFeed } from '../../ports/live-feed.ts'

/** A feed that is told of each change by the stores beside it. */
export interface MemoryLiveFeed extends LiveFeed {
  wakeAll(): void
}

export function memoryLiveFeed(): MemoryLiveFeed {
  const wakes = new Map<symbol, () => void>()
  return {
    subscribe(wake) {
      const subscription = Symbol('subscription')
      wakes.set(subscription, wake)
      return () => {
        wakes.delete(subscription)
      }
    },
    wakeAll() {
      for (const wake of [...wakes.values()]) wake()
    },
  }
}
