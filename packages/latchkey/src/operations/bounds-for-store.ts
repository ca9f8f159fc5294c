import type { LivenessBounds } from '../model/session-filter.ts'
import { livenessBounds } from '../rules/session-status.ts'
import type { Wiring } from './wiring.ts'

/** What is live now, for a store that judges by what it has: uses that are overdue to be written are written first. */
export async function boundsForStore(wiring: Wiring): Promise<LivenessBounds> {
  const now = wiring.clock.now()
  if (wiring.activity.isBehind(now)) await wiring.activity.flush()
  return livenessBounds(wiring.policy, now)
}
