import type { Instant } from '../foundation/time.ts'
import type { BulkEnding, BulkEndingId } from '../model/bulk-ending.ts'
import type { NewSessionEvent } from '../model/session-event.ts'

/** Where bulk endings are kept. Atomicity and errors are those of `SessionStore`. */
export interface BulkEndingStore {
  add(ending: BulkEnding, events: readonly NewSessionEvent[]): Promise<void>
  /** Null where there is none. */
  find(id: BulkEndingId): Promise<BulkEnding | null>
  /** Puts `next` in the place of the one of its id and of the version before. False, and nothing is changed, otherwise. */
  replace(next: BulkEnding, events: readonly NewSessionEvent[]): Promise<boolean>
  /** The newest first, at most `limit`. */
  list(limit: number): Promise<readonly BulkEnding[]>
  /** Those that are running, oldest first. */
  running(): Promise<readonly BulkEnding[]>
  /** Forgets at most `limit` that finished before the instant; returns how many. */
  forget(before: Instant, limit: number): Promise<number>
  /** How many `forget` would forget in all, up to `most`. */
  countBefore(before: Instant, most: number): Promise<number>
}
