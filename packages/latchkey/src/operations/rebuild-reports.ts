import { LatchkeyError } from '../foundation/errors.ts'
import { type Instant, instantOf } from '../foundation/time.ts'
import type { Rollup } from '../model/rollup.ts'
import { keyOf } from '../rules/rollups-of-events.ts'
import { byKey, type CountedAgain, countAgain, type RecountOptions } from './count-again.ts'
import { countsOfMembers, isWhole } from './recount-reports.ts'
import type { Wiring } from './wiring.ts'

/** How often it is tried anew where the numbers grew meanwhile. */
const mostAttempts = 10

/** What was made anew. */
export interface Rebuild {
  readonly events: number
  /** From that day on; null: nothing has been counted yet. */
  readonly from: Instant | null
  readonly rollups: number
}

/** Puts numbers made from the log in the place of those on record, from the first day on of which it holds every event. */
export async function rebuildReports(
  wiring: Wiring,
  options: Pick<RecountOptions, 'signal'> = {},
): Promise<Rebuild> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const again = await countAgain(wiring, options, 'held')
    if (again === null) return { events: 0, from: null, rollups: 0 }
    const from = again.from.day
    const hour = instantOf(Math.max(from, again.from.hour))
    const rollups = rebuilt({ ...again, from: { hour, day: from } })
    const members = again.members.filter(({ start }) => start >= from)
    const { upTo, since, events } = again
    if (await wiring.storage.rollups.replace(from, { upTo, since, rollups, members })) {
      return { events, from, rollups: rollups.length }
    }
  }
  throw new LatchkeyError('storage-busy', 'the numbers are growing too fast to be made anew')
}

/** What the log cannot tell stays as it is; whoever is added as a member is not counted twice. */
function rebuilt(again: CountedAgain): readonly Rollup[] {
  const added = byKey(countsOfMembers(again))
  const left = again.recorded.filter((rollup) => rollup.start >= again.from.day && again.isLeft(rollup))
  const kept = left.map((rollup) => ({
    ...rollup,
    count: Math.max(0, rollup.count - (added.get(keyOf(rollup))?.count ?? 0)),
  }))
  return [
    ...again.counted.filter((rollup) => isWhole(again, rollup)),
    ...kept.filter(({ count }) => count > 0),
  ]
}
