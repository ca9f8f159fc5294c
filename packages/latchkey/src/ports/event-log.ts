import type { Page, PageRequest } from '../foundation/page.ts'
import type { EventFilter, NewSessionEvent, SessionEvent } from '../model/session-event.ts'

/**
 * Everything that happened, in order. Stores write it in the transaction of each change; here it is read.
 * Once an event of some position has been read, no event of a lower position appears any more.
 */
export interface EventLog {
  /** Events after that position, oldest first, at most `limit`. */
  read(after: number, limit: number): Promise<readonly SessionEvent[]>

  /** Those of the filter, newest first by position. Rejects with `invalid-argument`, field `cursor`, for a foreign cursor. */
  list(filter: EventFilter, page: PageRequest): Promise<Page<SessionEvent>>

  /** Adds events of what changed nothing in the storage (a refused request, say), or is kept elsewhere; durable when it resolves. */
  append(events: readonly NewSessionEvent[]): Promise<void>

  /** The position of the newest event; 0 when there is none. */
  latest(): Promise<number>

  /** How many events there are up to that position, up to `most`: what `forget` would forget. */
  countUpTo(upTo: number, most: number): Promise<number>

  /** Forgets at most `limit` events, the first ones, up to that position; returns how many. */
  forget(upTo: number, limit: number): Promise<number>
}
