import type { Clock, Duration } from 'latchkey'

/** Remembered at most; then the oldest goes, and is news again. Some 10 MB. */
const mostRemembered = 50_000

/** Says of each name whether it is news: not named before, or not within the time. */
export function onceInAWhile(silence: Duration, clock: Pick<Clock, 'monotonic'>): (name: string) => boolean {
  // In the order of their instants: what is named again is put behind.
  const named = new Map<string, number>()
  return (name) => {
    const now = clock.monotonic()
    const at = named.get(name)
    if (at !== undefined && now - at < silence) return false
    named.delete(name)
    const [oldest] = named.keys()
    if (oldest !== undefined && named.size >= mostRemembered) named.delete(oldest)
    named.set(name, now)
    return true
  }
}
