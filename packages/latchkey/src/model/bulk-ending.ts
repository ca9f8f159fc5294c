import type { Instant } from '../foundation/time.ts'
import type { Actor } from './session.ts'

/** The public name of a bulk ending: `blk_` and 26 base32 characters. Its endings carry it as their `request`. */
export type BulkEndingId = `blk_${string}`

/** `running` also while no process is at it: one takes it up. `cancelled`: what had ended by then stays ended. */
export const bulkEndingStates = ['running', 'done', 'cancelled'] as const
/** One of {@link bulkEndingStates}. */
export type BulkEndingState = (typeof bulkEndingStates)[number]

/** Sessions that are ended by a filter, in batches. */
export interface BulkEnding {
  readonly id: BulkEndingId
  /** In the grammar of filters, as it was asked for. */
  readonly filter: string
  /** A session that is kept whatever the filter says: that of whoever asked; null: none. */
  readonly except: string | null
  readonly state: BulkEndingState
  /** How many were live when it was asked for, which its maker confirmed. */
  readonly expected: number
  /** How many it has ended. */
  readonly ended: number
  readonly createdAt: Instant
  readonly by: Actor
  /** Why, in the words of who asked for it; null where they said nothing. */
  readonly note: string | null
  /** Null while it is running. */
  readonly finishedAt: Instant | null
  readonly version: number
}
