import { useSyncExternalStore } from 'react'

/** How often relative times are written anew, in milliseconds. */
const tick = 15_000

let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function advance(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

function advanceWhenSeen(): void {
  if (document.visibilityState === 'visible') advance()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) {
    now = Date.now()
    timer = setInterval(advanceWhenSeen, tick)
    document.addEventListener('visibilitychange', advanceWhenSeen)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    document.removeEventListener('visibilitychange', advanceWhenSeen)
  }
}

/** The time in milliseconds, the same for everything on the page, renewed every 15 seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}
