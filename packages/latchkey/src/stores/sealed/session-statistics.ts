import type { SessionStatistics } from '../../ports/session-statistics.ts'
import { sealQuery } from './session-store.ts'
import type { Vault } from './vault.ts'

/** Sums over sessions that another store keeps, whose addresses are found by what they are sealed as. */
export function sealedStatistics(inner: SessionStatistics, vault: Vault): SessionStatistics {
  return {
    forUser: (userId, window) => inner.forUser(userId, window),
    deviceUses: (userId, bounds) => inner.deviceUses(userId, bounds),
    totals: () => inner.totals(),
    recountActive: () => inner.recountActive(),
    tally: (query, tally) => inner.tally(sealQuery(vault, query), tally),
    countEndedBefore: (before, most) => inner.countEndedBefore(before, most),
    backlog: (bounds, limit) => inner.backlog(bounds, limit),
  }
}
