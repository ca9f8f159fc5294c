import type { Instant } from '../foundation/time.ts'
import type { SessionEvent } from '../model/session-event.ts'

/**
 * Everything that happened, in order. Stores write it in the transaction of each change; here it is read.
 * Once an event of some position has been read, no event of a lower position appears any more.
 */
export interface EventLog {
  /** Events after that position, oldest first, at most `limit`. */
  read(after: number, limit: number): Promise<readonly SessionEvent[]>

  /** The position of the newest event; 0 when there is none. */
  latest(): Promise<number>

  /** Forgets at most `limit` events older than the instant; returns how many. */
  forget(before: Instant, limit: number): Promise<number>
}
