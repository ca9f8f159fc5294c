/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly __instant: true }

/** A length of time in milliseconds. Made by {@link seconds}, {@link minutes}, {@link hours} or {@link days}. */
export type Duration = number & { readonly __duration: true }

/** Where the time comes from. Everything that needs it is handed one, so that tests move time by hand. */
export interface Clock {
  /** The wall clock. It may jump: never measure a length of time with it. */
  now(): Instant
  /** Milliseconds from an arbitrary start that never run backwards; for measuring only. */
  monotonic(): number
}

/** A length of time of that many milliseconds. */
export function milliseconds(count: number): Duration {
  return count as Duration
}

/** A length of time of that many seconds. */
export function seconds(count: number): Duration {
  return (count * 1_000) as Duration
}

/** A length of time of that many minutes. */
export function minutes(count: number): Duration {
  return seconds(count * 60)
}

/** A length of time of that many hours. */
export function hours(count: number): Duration {
  return minutes(count * 60)
}

/** A length of time of that many days of 24 hours. */
export function days(count: number): Duration {
  return hours(count * 24)
}

/** The duration in seconds, with fractions. */
export function inSeconds(duration: Duration): number {
  return duration / 1_000
}

/** The instant of a number from outside, such as `Date.now()` or a column. */
export function instantOf(millisecondsSinceEpoch: number): Instant {
  return millisecondsSinceEpoch as Instant
}

/** The instant that much later. */
export function after(instant: Instant, duration: Duration): Instant {
  return (instant + duration) as Instant
}

/** The instant that much earlier. */
export function before(instant: Instant, duration: Duration): Instant {
  return (instant - duration) as Instant
}

/** The first of two instants. */
export function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b
}

/** How long it is from `start` to `end`; negative when `end` comes first. */
export function between(start: Instant, end: Instant): Duration {
  return (end - start) as Duration
}

/** ISO 8601 in UTC with milliseconds, the one form that leaves the process. */
export function toIso(instant: Instant): string {
  return new Date(instant).toISOString()
}

/** The calendar day in UTC, as `2026-11-23`. */
export function utcDate(instant: Instant): string {
  return toIso(instant).slice(0, 10)
}

/** The machine's clock: the only place in the library that reads it. */
export const systemClock: Clock = {
  now: () => Date.now() as Instant,
  monotonic: () => performance.now(),
}
