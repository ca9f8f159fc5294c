import { after, type Clock, type Duration, type Instant, instantOf } from '../foundation/time.ts'

/** A clock that stands still until it is moved by hand. */
export interface FakeClock extends Clock {
  /** Lets time pass: the wall clock and the monotonic one move together. */
  advance(by: Duration): void
  /** Sets the wall clock, back as well as forward, as an operator might; the monotonic clock does not notice. */
  set(at: Instant): void
}

/** 2026-01-01T00:00:00Z: a midnight in UTC, so that a test can tell days apart. */
const defaultStart = instantOf(Date.UTC(2026, 0, 1))

/**
 * A clock for tests. It shows `start` (default 2026-01-01T00:00:00Z) until somebody moves it.
 *
 * @example
 * const clock = fakeClock()
 * clock.advance(minutes(5))
 */
export function fakeClock(start: Instant = defaultStart): FakeClock {
  let wall = start
  let elapsed = 0
  return {
    now: () => wall,
    monotonic: () => elapsed,
    advance(by) {
      wall = after(wall, by)
      elapsed += by
    },
    set(at) {
      wall = at
    },
  }
}
