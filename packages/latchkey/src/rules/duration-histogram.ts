import { days, hours, minutes, seconds } from '../foundation/time.ts'

/**
 * How much longer than its lower bound a bucket's upper one is at most. A duration is told as the value from which both
 * bounds are equally far in proportion, so that it is wrong by (1.127 - 1) / (1.127 + 1) = 6 % at most: Masson, Rim and Lee,
 * "DDSketch: A Fast and Fully-Mergeable Quantile Sketch with Relative-Error Guarantees", PVLDB 12 (2019), section 2.1.
 * Smaller: more exact, and more rows of each hour. There may be 200 of one hour.
 */
const widest = 1.127

/** Durations by which people think; each is a bound, so that what is counted up to it is exact. */
const marks: readonly number[] = [
  seconds(1),
  seconds(5),
  seconds(15),
  seconds(30),
  minutes(1),
  minutes(2),
  minutes(5),
  minutes(10),
  minutes(15),
  minutes(30),
  hours(1),
  hours(2),
  hours(4),
  hours(8),
  hours(12),
  days(1),
  days(2),
  days(4),
  days(7),
  days(14),
  days(30),
  days(60),
  days(90),
  days(180),
  days(365),
  days(730),
  days(1_825),
]

/** Upper bounds of the buckets in milliseconds, ascending; what is longer is in one more. They stand in rollups by their index: never change them. */
export const durationBounds: readonly number[] = marks.flatMap((mark, index) => {
  const before = marks[index - 1]
  if (before === undefined) return [mark]
  const steps = Math.ceil(Math.log(mark / before) / Math.log(widest))
  return Array.from({ length: steps }, (_, step) =>
    Math.round(before * (mark / before) ** ((step + 1) / steps)),
  )
})

/** The marks that are shown to people, as bounds in milliseconds; the last bucket has none. */
export const shownBounds: readonly number[] = [
  minutes(1),
  minutes(5),
  minutes(15),
  minutes(30),
  hours(1),
  hours(4),
  hours(12),
  days(1),
  days(4),
  days(7),
  days(14),
  days(30),
  days(90),
  days(365),
]

/** The index of the first bound that a duration does not pass. */
export function durationBucket(duration: number): number {
  let low = 0
  let high = durationBounds.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((durationBounds[middle] ?? 0) < duration) low = middle + 1
    else high = middle
  }
  return low
}

/** How many durations each bucket has, by its index; what is left out is 0. */
export type DurationCounts = ReadonlyMap<number, number>

/**
 * The duration that the share `rank` of all does not pass (0.5: the median), by nearest rank; within 6 % above one second and up
 * to five years. Null where there is none.
 */
export function percentile(counts: DurationCounts, rank: number): number | null {
  const all = sum(counts.values())
  const wanted = Math.max(1, Math.ceil(rank * all))
  let seen = 0
  for (const [bucket, count] of [...counts].sort(([a], [b]) => a - b)) {
    seen += count
    if (seen >= wanted) return toldAs(bucket)
  }
  return null
}

function toldAs(bucket: number): number {
  const lower = durationBounds[bucket - 1]
  const upper = durationBounds[bucket]
  if (lower === undefined) return (upper ?? 0) / 2
  return upper === undefined ? lower : (2 * lower * upper) / (lower + upper)
}

/** How many durations are no longer than a bound. */
export function countUpTo(counts: DurationCounts, bound: number): number {
  const last = durationBucket(bound)
  return sum([...counts].map(([bucket, count]) => (bucket <= last ? count : 0)))
}

/** The histogram by `shownBounds`; the last one, of null, has what is longer. */
export function shownHistogram(
  counts: DurationCounts,
): readonly { readonly upTo: number | null; readonly count: number }[] {
  const sums = shownBounds.map((bound) => countUpTo(counts, bound))
  const upTo = shownBounds.map((bound, index) => ({
    upTo: bound,
    count: (sums[index] ?? 0) - (sums[index - 1] ?? 0),
  }))
  return [...upTo, { upTo: null, count: sum(counts.values()) - (sums.at(-1) ?? 0) }]
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
