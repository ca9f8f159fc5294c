import type { Instant } from 'latchkey'

/** What is counted under one key until `expiresAt`. */
export interface CountedAttempts {
  readonly points: number
  readonly expiresAt: Instant
}

/** Until when attempts are counted together, and since when those of before are forgotten. */
export interface CountingWindow {
  readonly now: Instant
  /** Where a new while begins with this call; one that is under way keeps its end. */
  readonly expiresAt: Instant
}

/**
 * Where attempts are counted, so that a restart forgets none and all nodes count together. Keys are numbers of pots:
 * nothing in them names an address or an account. Every method is one atomic step, durable when it resolves, and
 * rejects with a `LatchkeyError` only when the database is away or broken.
 */
export interface AttemptStore {
  /** Adds the points, which may be negative, to what is counted, never below 0; of calls at once none is lost. */
  add(key: string, points: number, window: CountingWindow): Promise<CountedAttempts>
  /** Null when nothing is counted under the key at that time. */
  find(key: string, now: Instant): Promise<CountedAttempts | null>
  /** False when nothing was counted under the key. */
  remove(key: string): Promise<boolean>
  /** Forgets at most `limit` counts that are over at that time; returns how many. */
  cleanup(now: Instant, limit: number): Promise<number>
}
