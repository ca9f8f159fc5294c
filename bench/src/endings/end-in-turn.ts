import { setTimeout as wait } from 'node:timers/promises'
import type { Sessions } from 'latchkey'
import type { EndingPace, EndingTimes } from './node-request.ts'

/** Ends one session after another, by so many callers at a time, and times each ending until it is acknowledged. */
export async function endInTurn(
  sessions: Sessions,
  { ids, callers, pause, duration }: EndingPace,
): Promise<EndingTimes> {
  const durations: number[] = []
  const begin = performance.now()
  let next = 0
  const caller = async (): Promise<void> => {
    for (;;) {
      const place = next
      const id = ids[place]
      if (id === undefined || performance.now() - begin >= duration) return
      next += 1
      const start = performance.now()
      if (!(await sessions.invalidateSession(id))) throw new Error('Nothing was ended')
      durations[place] = performance.now() - start
      if (pause > 0) await wait(pause)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return { durations, elapsed: performance.now() - begin }
}
