import { nextTurn } from '../foundation/timers.ts'

/** Rows in one step at most. Larger: other writes wait longer behind it. Smaller: more flushes to disk. */
export const cleanupBatch = 500

/** How fast cleanup goes. */
export interface CleanupPace {
  /** Steps of each kind in one run. */
  readonly mostBatches: number
  /** Takes one step of at most `limit` rows, and lets others have their turn. Kinds differ in what a row costs. */
  take<Result>(
    kind: CleanupKind,
    step: (limit: number) => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly limit: number }>
}

/** What cleanup does. */
export type CleanupKind =
  | 'tighten'
  | 'end'
  | 'forget'
  | 'fade'
  | 'fingerprints'
  | 'devices'
  | 'events'
  | 'alerts'
  | 'histories'
  | 'bulk-endings'
  | 'rollups'

/** Until nothing is left, without a rest: somebody waits for it. */
export const withoutRest: CleanupPace = {
  mostBatches: Number.POSITIVE_INFINITY,
  async take(_kind, step) {
    const result = await step(cleanupBatch)
    await nextTurn()
    return { result, limit: cleanupBatch }
  },
}

/** How far a bounded run of cleanup came. */
export interface CleanupOutcome {
  readonly sessions: number
  readonly moreIsLeft: boolean
}

export const nothingDone: CleanupOutcome = { sessions: 0, moreIsLeft: false }

/** Step after step until one finds less than it may take. */
export async function inBatches(
  pace: CleanupPace,
  kind: CleanupKind,
  step: (limit: number) => Promise<number>,
): Promise<CleanupOutcome> {
  let sessions = 0
  for (let batch = 0; batch < pace.mostBatches; batch += 1) {
    const { result, limit } = await pace.take(kind, step)
    sessions += result
    if (result < limit) return { sessions, moreIsLeft: false }
  }
  return { sessions, moreIsLeft: true }
}
