import type { Clock, Instant } from 'latchkey'

/** A clock that stands still until it is told the time. It lets ninety days pass in seconds. */
export interface MovingClock extends Clock {
  /** Forward only: an instant before the present one leaves it where it is. */
  moveTo(at: Instant): void
}

export function movingClock(start: Instant): MovingClock {
  let present = start
  return {
    now: () => present,
    // One hand for both: whoever measures lengths in it sees the time pass that the story tells.
    monotonic: () => present - start,
    moveTo: (at) => {
      if (at > present) present = at
    },
  }
}
