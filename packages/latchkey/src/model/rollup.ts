import type { Instant } from '../foundation/time.ts'

/** How long a bucket is. Both begin at full hours and midnights in UTC. */
export const rollupIntervals = ['hour', 'day'] as const
/** One of {@link rollupIntervals}. */
export type RollupInterval = (typeof rollupIntervals)[number]

/**
 * What is counted. `verified`, `refused`: tokens that were shown, by their outcome. `duration`: sessions that ended, by how
 * long they lasted: `value` is the number of the bucket of the histogram (`rules/duration-histogram`), `sum` milliseconds.
 * `lasted`: the same buckets, by how long it was until they were over, in the day in which they were created; by day only.
 * `distinct-users`, `distinct-devices`: who, and on how many devices, signed in; of the dimension `all` only.
 * `finding`: what detectors found, by `detector`.
 */
export const rollupMeasures = [
  'created',
  'ended',
  'verified',
  'refused',
  'duration',
  'lasted',
  'distinct-users',
  'distinct-devices',
  'finding',
] as const
/** One of {@link rollupMeasures}. */
export type RollupMeasure = (typeof rollupMeasures)[number]

/** By what it is counted. `all` has one value, the empty text. `network`: the number of the autonomous system, of `created` only. `method`: the factors of a sign-in (`pwd+otp`), sorted. */
export const rollupDimensions = [
  'all',
  'device_type',
  'browser',
  'os',
  'country',
  'network',
  'method',
  'reason',
  'duration',
  'detector',
] as const
/** One of {@link rollupDimensions}. */
export type RollupDimension = (typeof rollupDimensions)[number]

/** One number of one bucket. */
export interface Rollup {
  readonly interval: RollupInterval
  /** Of the bucket. */
  readonly start: Instant
  readonly measure: RollupMeasure
  readonly dimension: RollupDimension
  /** `unknown` where it is not known; `other` beyond the most values that a bucket may have. */
  readonly value: string
  readonly count: number
  /** Of `duration` in milliseconds; 0 of every other measure. */
  readonly sum: number
}

/** Somebody, or a device, that was seen in a bucket; counted there once. */
export interface RollupMember {
  readonly interval: RollupInterval
  readonly start: Instant
  readonly measure: 'distinct-users' | 'distinct-devices'
  /** A digest, 16 bytes in Base64url, of the user id or the device id: nobody is named. */
  readonly member: string
}

/** How far a reader of the event log has come. */
export interface LogPosition {
  /** Events up to here are in; 0: none is. */
  readonly position: number
  /** The `at` of the first event that is in; null while none is. Buckets before it are not complete. */
  readonly since: Instant | null
}
