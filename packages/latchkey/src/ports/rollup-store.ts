import type { Instant } from '../foundation/time.ts'
import type {
  LogPosition,
  Rollup,
  RollupDimension,
  RollupInterval,
  RollupMeasure,
  RollupMember,
} from '../model/rollup.ts'

/** What a run of events adds. */
export interface RollupBatch {
  /** The position that the store must have for it to be taken. */
  readonly after: number
  /** The position that the store has then. */
  readonly upTo: number
  /** The `at` of its first event. */
  readonly since: Instant
  /** Added to what is there, by everything but `count` and `sum`. No two have the same key. */
  readonly rollups: readonly Rollup[]
  /** Each that was not there yet adds 1 to the `count` of its measure in its bucket, of the dimension `all`. No two are the same. */
  readonly members: readonly RollupMember[]
}

/** Which rollups. */
export interface RollupQuery {
  readonly interval: RollupInterval
  /** Of buckets that start at that instant or later. */
  readonly from: Instant
  /** And before that one. */
  readonly until: Instant
  /** Empty: all. */
  readonly measures: readonly RollupMeasure[]
  /** Empty: all. */
  readonly dimensions: readonly RollupDimension[]
}

/**
 * Where numbers over time are kept. They are made from the event log, and each event is in them exactly once: a batch and the
 * position that it leads to are one step. Atomicity and errors are those of `SessionStore`.
 */
export interface RollupStore {
  /** How far they go. */
  position(): Promise<LogPosition>

  /** Adds the batch, durably. False, and nothing is changed, where the position is not `after`: another process was faster. */
  apply(batch: RollupBatch): Promise<boolean>

  /** In the order of `start`, then of measure, dimension and value. */
  read(query: RollupQuery): Promise<readonly Rollup[]>

  /**
   * Puts the batch in the place of everything that starts at `from` or later, members included, in one step, and keeps what is
   * older. False, and nothing is changed, where the position is not `upTo`.
   */
  replace(from: Instant, batch: Omit<RollupBatch, 'after'>): Promise<boolean>

  /** Forgets at most `limit` rollups of the interval that start before the instant; returns how many. Fewer than `limit`: there are no more. */
  forget(interval: RollupInterval, before: Instant, limit: number): Promise<number>

  /** Forgets at most `limit` members of buckets that start before the instant: nobody is counted there any more. Returns how many. */
  forgetMembers(before: Instant, limit: number): Promise<number>

  /** How many `forget` would forget in all, up to `most`. */
  countBefore(interval: RollupInterval, before: Instant, most: number): Promise<number>
}
