import { days, type Instant, instantOf } from '../../foundation/time.ts'
import { nextTurn } from '../../foundation/timers.ts'
import type { Rollup } from '../../model/rollup.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import type { Tally } from '../../ports/session-statistics.ts'
import type { Connection } from './connection.ts'
import { tallySessions } from './session-tally.ts'

/** Longer: everything else waits for longer, tenths of a second for a busy week. Shorter: more statements, each with its cost. */
const slice = days(1)

/**
 * The tally of a long period, day by day with a turn for everybody else in between: during a statement nothing else
 * happens in this process. What ends or is forgotten meanwhile may be counted as it was or as it is.
 */
export async function tallyInSlices(
  connection: Connection,
  query: SessionQuery,
  tally: Tally,
): Promise<readonly Rollup[]> {
  const { from, until, measure, interval } = tally
  // Whoever was there on two days is one user. One user's sessions are few.
  const isWhole = (measure === 'distinct-users' && interval === null) || query.userId !== null
  if (from === null || until === null || isWhole) return tallySessions(connection, query, tally)
  const sums = new Map<string, Rollup>()
  for (const [start, end] of slicesOf(from, until)) {
    for (const rollup of tallySessions(connection, query, { ...tally, from: start, until: end })) {
      const key = `${rollup.start} ${rollup.value}`
      const { count, sum } = sums.get(key) ?? { count: 0, sum: 0 }
      sums.set(key, { ...rollup, count: count + rollup.count, sum: sum + rollup.sum })
    }
    await nextTurn()
  }
  return [...sums.values()].sort((a, b) => a.start - b.start || (a.value < b.value ? -1 : 1))
}

/** From midnight to midnight (UTC), so that no hour or day lies in two. */
function* slicesOf(from: Instant, until: Instant): Generator<readonly [Instant, Instant]> {
  for (let start = from; start < until; ) {
    const end = instantOf(Math.min(until, Math.floor(start / slice) * slice + slice))
    yield [start, end]
    start = end
  }
}
