import { between, type Duration, hours, type Instant } from '../foundation/time.ts'
import { locatedPlace } from '../model/located-place.ts'
import type { Place } from '../model/place.ts'
import { greatCircle } from './great-circle.ts'

/** Kilometres around coordinates of which nobody says how far off they are. Less: journeys within a country that nobody made. */
const unknownRadius = 200

/** Kilometres an hour: airliners cruise at up to that. Lower: each flight with a tail wind alarms. Higher: thieves have longer to wait. */
export const fastestFlight = 900

/** From where somebody was to where they are. */
export interface Journey {
  readonly from: Place
  readonly to: Place
  /** Along the great circle, in kilometres. */
  readonly distance: number
  /** What is left of it where both were as near as the data allows: less both accuracy radii, 0 at least. */
  readonly leastDistance: number
  /** Negative where they were there later than they are here. */
  readonly time: Duration
}

/** Null where one of the two does not tell where its user was. */
export function journey(from: Place | null, to: Place | null, since: Instant, at: Instant): Journey | null {
  const [start, end] = [locatedPlace(from), locatedPlace(to)]
  if (from === null || to === null || start === null || end === null) return null
  const distance = greatCircle(start, end)
  const radii = (start.accuracyRadius ?? unknownRadius) + (end.accuracyRadius ?? unknownRadius)
  return { from, to, distance, leastDistance: Math.max(0, distance - radii), time: between(since, at) }
}

/** In kilometres an hour; infinite in no time. */
export function speedOf({ leastDistance, time }: Journey): number {
  return leastDistance / (time / hours(1))
}
