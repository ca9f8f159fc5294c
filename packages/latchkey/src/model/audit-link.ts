import type { Instant } from '../foundation/time.ts'

/**
 * A link of the chain over the event log: it holds events `first` to `last` and the link before it together, so that
 * one that was removed, added or altered later is found.
 */
export interface AuditLink {
  /** Position of the first event that it holds. Positions between two events may be missing. */
  readonly first: number
  /** Position of the last one. */
  readonly last: number
  /** How many events it holds. */
  readonly count: number
  /** Keyed hash of the digest of the link before it and of the events, 32 bytes. */
  readonly digest: Uint8Array
  readonly at: Instant
}
