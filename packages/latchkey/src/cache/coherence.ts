import type { SessionSelection } from '../model/session-filter.ts'
import type { Sharing } from '../ports/storage.ts'
import type { SessionCache } from './session-cache.ts'

/** Keeps the promise that an ending is final: a cache answers only while it is provably current. */
export interface Coherence {
  /** Whether the cache may answer now. Empties it first when it cannot know what others have changed. */
  isCurrent(): boolean

  /**
   * Called after the change is committed, or may have been, and before it is acknowledged: when it returns, no
   * cache answers with what the selection held, and no load under way puts it back.
   */
  drop(selection: SessionSelection): void
}

export function createCoherence(sharing: Sharing, cache: SessionCache): Coherence {
  const drop = (selection: SessionSelection): void => cache.drop(selection)
  if (sharing.kind === 'exclusive') return { isCurrent: () => true, drop }
  if (sharing.kind === 'unannounced') {
    cache.close()
    return { isCurrent: () => false, drop }
  }
  return { isCurrent: countedCurrency(sharing.changeCounter, cache), drop }
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
