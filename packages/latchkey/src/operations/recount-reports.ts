import type { Rollup } from '../model/rollup.ts'
import { keyOf } from '../rules/rollups-of-events.ts'
import { byKey, type CountedAgain, countAgain, distinct, type RecountOptions } from './count-again.ts'
import type { Wiring } from './wiring.ts'

/** A number that is not what its events add up to. */
export interface RecountDifference extends Omit<Rollup, 'count' | 'sum'> {
  readonly recorded: number
  readonly recounted: number
}

/** What a recount found. */
export interface Recount {
  readonly events: number
  /** Numbers that were compared. */
  readonly compared: number
  readonly differing: number
  /** The first 10 of them. */
  readonly examples: readonly RecountDifference[]
  /** Numbers that the log cannot tell any more: of erased events, and from before its first one. */
  readonly skipped: number
}

const mostExamples = 10

/** Compares; changes nothing. */
export async function recountReports(wiring: Wiring, options: RecountOptions = {}): Promise<Recount> {
  const again = await countAgain(wiring, options, 'free')
  if (again === null) return { events: 0, compared: 0, differing: 0, examples: [], skipped: 0 }
  const recorded = byKey(again.recorded)
  const recounted = byKey([...again.counted, ...countsOfMembers(again)])
  const both = [
    ...recorded.values(),
    ...[...recounted.values()].filter((rollup) => !recorded.has(keyOf(rollup))),
  ]
  const compared = both.filter((rollup) => isWhole(again, rollup))
  const differences = compared.filter((rollup) => {
    const [a, b] = [recorded.get(keyOf(rollup)), recounted.get(keyOf(rollup))]
    return (a?.count ?? 0) !== (b?.count ?? 0) || (a?.sum ?? 0) !== (b?.sum ?? 0)
  })
  return {
    events: again.events,
    compared: compared.length,
    differing: differences.length,
    examples: differences.slice(0, mostExamples).map(({ count: _count, sum: _sum, ...which }) => ({
      ...which,
      recorded: recorded.get(keyOf(which))?.count ?? 0,
      recounted: recounted.get(keyOf(which))?.count ?? 0,
    })),
    skipped: both.length - compared.length,
  }
}

export function isWhole({ from, isLeft }: CountedAgain, rollup: Rollup): boolean {
  return rollup.start >= from[rollup.interval] && !isLeft(rollup)
}

/** How many there are of each bucket. */
export function countsOfMembers({ members }: Pick<CountedAgain, 'members'>): readonly Rollup[] {
  const counts = new Map<string, Rollup>()
  for (const { member: _member, ...bucket } of members) {
    const one = distinct(bucket, 1)
    const before = counts.get(keyOf(one))
    counts.set(keyOf(one), before === undefined ? one : { ...before, count: before.count + 1 })
  }
  return [...counts.values()]
}
