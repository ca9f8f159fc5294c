import { milliseconds } from '../foundation/time.ts'
import type { Sharing } from '../ports/storage.ts'
import { announcedCoherence } from './announced-coherence.ts'
import type { Coherence, CoherenceState, CoherenceSurroundings } from './coherence.ts'
import type { EndingReceipt } from './confirmations.ts'
import type { SessionCache } from './session-cache.ts'

export function createCoherence(
  sharing: Sharing,
  cache: SessionCache,
  surroundings: CoherenceSurroundings,
): Coherence {
  switch (sharing.kind) {
    case 'announced':
      return announcedCoherence(sharing, cache, surroundings)
    case 'exclusive':
      return coherenceOfOne(cache, 'not-needed', () => true)
    case 'counted':
      return coherenceOfOne(cache, 'not-needed', countedCurrency(sharing.changeCounter, cache))
    case 'unannounced':
      cache.close()
      return coherenceOfOne(cache, 'not-held', () => false)
  }
}

/** Nobody has to be asked: nobody else caches, or each finds out by itself before it answers. */
const confirmedByNobody: EndingReceipt = Object.freeze({ confirmed: 0, fenced: 0, duration: milliseconds(0) })

function coherenceOfOne(
  cache: SessionCache,
  lease: CoherenceState['lease'],
  isCurrent: () => boolean,
): Coherence {
  const settled = Promise.resolve(confirmedByNobody)
  return {
    isCurrent,
    drop: (selection) => cache.drop(selection),
    watch: () => () => settled,
    open: async () => undefined,
    close: async () => undefined,
    state: () => ({ lease, nodeId: null, unconfirmed: 0 }),
  }
}

/**
 * The counter is read before each cached answer, and so before each load that follows from a missing one: what
 * is in the cache was read after the number that is remembered. A change made elsewhere after that reading
 * shows as another number at the next answer.
 */
function countedCurrency(changeCounter: () => number, cache: SessionCache): () => boolean {
  let seen = Number.NaN
  return () => {
    const counted = readCounter(changeCounter)
    if (counted === seen) return true
    cache.clear()
    seen = counted
    return false
  }
}

/** A counter that cannot be read proves nothing: NaN equals no number, so the storage is asked and says what is wrong. */
function readCounter(changeCounter: () => number): number {
  try {
    return changeCounter()
  } catch {
    return Number.NaN
  }
}
