import type { BusEars } from '../ports/invalidation-bus.ts'
import type { Sharing } from '../ports/storage.ts'
import type { Coherence, CoherenceSurroundings } from './coherence.ts'
import { Confirmations } from './confirmations.ts'
import { LapsedNodes } from './lapsed-nodes.ts'
import { Lease, leaseDuration } from './lease.ts'
import type { SessionCache } from './session-cache.ts'

/** Among processes that tell one another what they change: the cache answers while a lease is held. */
export function announcedCoherence(
  { bus, nodes }: Extract<Sharing, { kind: 'announced' }>,
  cache: SessionCache,
  surroundings: CoherenceSurroundings,
): Coherence {
  const { timers, report } = surroundings
  const lapsed = new LapsedNodes(nodes, timers, leaseDuration, report)
  const lease = new Lease({
    ...surroundings,
    forgetEverything: () => cache.clear(),
    onChange: surroundings.onLeaseChange,
    onOverdue: (nodeIds) => void lapsed.outlast(nodeIds).catch(report),
  })
  const isOwn = (nodeId: string): boolean => lease.ownIds.includes(nodeId)
  const confirmations = new Confirmations({ ...surroundings, registry: nodes, lapsed, isOwn })
  const ears = earsOf(cache, lease, confirmations)
  return {
    isCurrent: () => lease.isHeld(),
    drop: (selection) => cache.drop(selection),
    watch: () => confirmations.watch(),
    async open() {
      if (surroundings.caching === 'memory') return bus.join(ears)
      // Where nothing is cached, nobody has to wait for this process: it only hears confirmations, if it can.
      await bus.join({ ...ears, hearing: () => undefined }).catch(report)
    },
    async close() {
      await lease.close()
      await confirmations.watch()().catch(report)
    },
    state: () => ({
      lease: lease.isHeld() ? 'held' : 'not-held',
      nodeId: lease.nodeId,
      unconfirmed: confirmations.unsettled,
    }),
  }
}

function earsOf(cache: SessionCache, lease: Lease, confirmations: Confirmations): BusEars {
  return {
    hearing: (membership) => lease.begin(membership),
    lost: () => lease.lose(),
    invalidated(selections, confirm) {
      for (const selection of selections) cache.drop(selection)
      for (const nodeId of lease.ownIds) confirm(nodeId)
    },
    announcing: (number) => confirmations.announcing(number),
    committed: (number) => confirmations.committed(number),
    abandoned: (number) => confirmations.abandoned(number),
    confirmed: (number, nodeId) => confirmations.confirmed(number, nodeId),
  }
}
