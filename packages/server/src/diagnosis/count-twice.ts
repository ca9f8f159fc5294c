import { isDeepStrictEqual } from 'node:util'
import type { SessionStatistics } from 'latchkey/ports'
import type { CounterFacts } from './check-counters.ts'

/** On a server with much to do it takes a few attempts until nobody signs in or out meanwhile. */
const attempts = 5

/** The counter of active sessions, beside its rows. Only where nothing began or ended while they were counted, a difference is one. */
export async function countTwice(
  statistics: Pick<SessionStatistics, 'totals' | 'recountActive'>,
): Promise<CounterFacts> {
  for (let attempt = 1; ; attempt += 1) {
    const earlier = await statistics.totals()
    const recounted = await statistics.recountActive()
    const hasChanged = !isDeepStrictEqual(earlier, await statistics.totals())
    const counted = earlier.active
    if (recounted === counted || !hasChanged || attempt === attempts)
      return { counted, recounted, hasChanged }
  }
}
