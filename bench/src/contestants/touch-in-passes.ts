import type { TimedContestant } from '../contestant.ts'

/** How many sessions were used since the last writing. */
export const touchedSessions = 10_000

/**
 * Writes the last use of every session over and over; `touchAll` is timed, `latest` says how many have that
 * instant afterwards and is not.
 */
export function touchInPasses(
  touchAll: (at: number) => Promise<void>,
  touchedAt: (at: number) => Promise<number>,
  close: () => Promise<void>,
): TimedContestant {
  let at = Date.now()
  return {
    async measure(duration) {
      let elapsed = 0
      let passes = 0
      while (elapsed < duration) {
        at += 1_000
        const start = performance.now()
        await touchAll(at)
        elapsed += performance.now() - start
        passes += 1
        if ((await touchedAt(at)) !== touchedSessions) throw new Error('Wrong answer')
      }
      return (passes * touchedSessions * 1_000) / elapsed
    },
    close,
  }
}
