import type { LiveFeed } from '../../ports/live-feed.ts'

/** A feed that is told of this storage's own changes and looks for those of others itself. */
interface SqliteLiveFeed extends LiveFeed {
  wakeAll(): void
  close(): void
}

/** Two looks a second, two microseconds each: what another process changed shows within the second that the port promises. */
const lookEvery = 500

/** `changeCounter` gives another number after a change by another process, or null when it cannot tell. */
export function sqliteLiveFeed(changeCounter: () => number | null): SqliteLiveFeed {
  const wakes = new Map<symbol, () => void>()
  let timer: NodeJS.Timeout | undefined
  let seen: number | null = null

  function wakeAll(): void {
    for (const wake of [...wakes.values()]) wake()
  }

  function look(): void {
    const count = changeCounter()
    if (count === null || count === seen) return
    seen = count
    wakeAll()
  }

  return {
    subscribe(wake) {
      const subscription = Symbol('subscription')
      wakes.set(subscription, wake)
      if (wakes.size === 1) {
        seen = changeCounter()
        timer = setInterval(look, lookEvery).unref()
      }
      return () => {
        if (wakes.delete(subscription) && wakes.size === 0) clearInterval(timer)
      }
    },
    wakeAll,
    close() {
      clearInterval(timer)
      wakes.clear()
    },
  }
}
