import type { SessionStatistics } from 'latchkey/ports'
import type { CounterFacts } from './check-counters.ts'

/** On a server with much to do it takes a few attempts until nobody signs in or out meanwhile. */
const attempts = 5

/** The counter of active sessions before and after its rows are counted: only where the two are the same, a difference is one. */
export async function countTwice(
  statistics: Pick<SessionStatistics, 'totals' | 'recountActive'>,
): Promise<CounterFacts> {
  for (let attempt = 1; ; attempt += 1) {
    const { active: earlier } = await statistics.totals()
    const recounted = await statistics.recountActive()
    const { active: later } = await statistics.totals()
    if (recounted === earlier || attempt === attempts) return { before: earlier, recounted, after: later }
  }
}
