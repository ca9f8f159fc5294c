import type { Clock } from '../foundation/time.ts'
import type { Timers } from '../foundation/timers.ts'
import type { ChangedSessions } from '../model/session-filter.ts'
import type { EndingReceipt } from './confirmations.ts'
import type { LeaseChange } from './lease.ts'

/** Keeps the promise that an ending is final: a cache answers only while it is provably current. */
export interface Coherence {
  /** Whether the cache may answer now. Empties it first when it cannot know what others have changed. */
  isCurrent(): boolean

  /**
   * Called after the change is committed, or may have been: when it returns, the cache of this process does not
   * answer with what the selection held, and no load under way puts it back.
   */
  drop(selection: ChangedSessions): void

  /**
   * Called before a change. What it returns is called when the change is committed, and resolves when the same holds
   * in every process for each change that is committed by then; rejects when that cannot be found out, or could not
   * for one that was committed since.
   */
  watch(): () => Promise<EndingReceipt>

  /** Begins to hear of the changes of others. Called once, on an open storage. */
  open(): Promise<void>
  /** The cache answers no more; resolves when nobody waits for this process, nor it for others. */
  close(): Promise<void>

  state(): CoherenceState
}

/** How a cache stands among others. */
export interface CoherenceState {
  /** `not-needed`: no other process can change anything unnoticed. `not-held`: each verification reads the storage. */
  readonly lease: 'not-needed' | 'held' | 'not-held'
  /** Under which this process is registered; null where it is not. */
  readonly nodeId: string | null
  /** Changes that other nodes have not confirmed yet. */
  readonly unconfirmed: number
}

/** What a coherence works with, and whom it tells. None of the functions may throw. */
export interface CoherenceSurroundings {
  readonly clock: Clock
  readonly timers: Timers
  readonly caching: 'memory' | 'none'
  readonly onConfirmed: (receipt: EndingReceipt) => void
  readonly onLeaseChange: (change: LeaseChange) => void
  readonly report: (error: unknown) => void
}

/** Makes a change after which nothing may answer with what the selection held: committed first, then gone everywhere, then acknowledged. A change that failed may have been made. */
export async function finalChange<Result>(
  coherence: Coherence,
  selection: ChangedSessions,
  change: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly receipt: EndingReceipt }> {
  const settled = coherence.watch()
  let result: Result
  try {
    result = await change()
  } finally {
    coherence.drop(selection)
  }
  return { result, receipt: await settled() }
}
