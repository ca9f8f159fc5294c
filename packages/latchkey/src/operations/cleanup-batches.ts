import { nextTurn } from '../foundation/timers.ts'

/** Rows in one step. Larger: other writes wait longer behind it. Smaller: more flushes to disk. */
export const cleanupBatch = 500

/** How far a bounded run of cleanup came. */
export interface CleanupOutcome {
  readonly sessions: number
  readonly moreIsLeft: boolean
}

export const nothingDone: CleanupOutcome = { sessions: 0, moreIsLeft: false }

/** Step after step until one finds less than it may take, with room for others in between. */
export async function inBatches(mostBatches: number, step: () => Promise<number>): Promise<CleanupOutcome> {
  let sessions = 0
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const done = await step()
    sessions += done
    if (done < cleanupBatch) return { sessions, moreIsLeft: false }
    await nextTurn()
  }
  return { sessions, moreIsLeft: true }
}
