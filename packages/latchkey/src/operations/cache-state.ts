import type { CoherenceState } from '../cache/coherence.ts'
import type { Wiring } from './wiring.ts'

/** How the cache of a process stands. Counts are since its start. */
export interface CacheState extends CoherenceState {
  /** Sessions in the cache now. */
  readonly sessions: number
  /** Verifications that the cache answered. */
  readonly answers: number
  /** Verifications that had to read the storage. */
  readonly loads: number
  /** Uses of sessions that wait to be written. */
  readonly activityWaiting: number
}

export function cacheState({ activity, cache, coherence }: Wiring): CacheState {
  return {
    ...coherence.state(),
    sessions: cache.size,
    answers: cache.answers,
    loads: cache.loadsBegun,
    activityWaiting: activity.waiting,
  }
}
