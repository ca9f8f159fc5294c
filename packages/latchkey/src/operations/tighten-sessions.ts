import type { Grant } from '../model/session.ts'
import { everySession } from '../model/session-filter.ts'
import { tighterGrant } from '../rules/grant.ts'
import { livenessBounds } from '../rules/session-status.ts'
import { type CleanupOutcome, type CleanupPace, nothingDone } from './cleanup-batches.ts'
import type { Wiring } from './wiring.ts'

/** Writes down what rules grant sessions that were created before there were such rules, so that stores find them. */
export interface Tightening {
  /** As many steps as the pace has; once through all live sessions in the life of a process. Counts no sessions. */
  tighten(pace: CleanupPace): Promise<Pick<CleanupOutcome, 'moreIsLeft'>>
}

export function createTightening({ clock, policy, storage }: Wiring): Tightening {
  let isDone = policy.rules.length === 0
  let cursor: string | null = null

  async function step(limit: number): Promise<void> {
    const query = { ...everySession, state: 'live', bounds: livenessBounds(policy, clock.now()) } as const
    const { items, next } = await storage.sessions.list(query, { cursor, limit })
    const grants = items.map((record) => tighterGrant(record, policy))
    const tighter = grants.filter((grant): grant is Grant => grant !== null)
    if (tighter.length > 0) await storage.sessions.tighten(tighter)
    cursor = next
    isDone = next === null
  }

  return {
    async tighten(pace) {
      if (isDone) return nothingDone
      for (let batch = 0; batch < pace.mostBatches && !isDone; batch += 1) await pace.take('tighten', step)
      return { moreIsLeft: !isDone }
    },
  }
}
