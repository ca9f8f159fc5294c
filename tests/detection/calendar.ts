import type { Instant } from '../../packages/latchkey/src/foundation/time.ts'
import type { Town } from './world.ts'

export const hour = 3_600_000
export const day: number = 24 * hour

/** A Sunday; the clocks of both America and Europe go forward within the time that is looked at. */
export const firstDay: number = Date.UTC(2026, 1, 8)
export const daysLookedAt = 60

const summerInAmerica: number = Date.UTC(2026, 2, 8, 7)
const summerInEurope: number = Date.UTC(2026, 2, 29, 1)

/** The instant at which clocks there show that hour of the day, minutes as a fraction. */
export function localTime(dayNumber: number, hourOfDay: number, { zone, country }: Town): Instant {
  const inUtc = firstDay + dayNumber * day + (hourOfDay - zone) * hour
  const summer = country === 'US' || country === 'CA' ? summerInAmerica : summerInEurope
  const hasSummer = zone < 7 && country !== 'NG' && country !== 'BR'
  return Math.round(inUtc - (hasSummer && inUtc >= summer ? hour : 0)) as Instant
}

export function isWeekend(dayNumber: number): boolean {
  return dayNumber % 7 === 0 || dayNumber % 7 === 6
}

export function dayOf(at: number): number {
  return Math.floor((at - firstDay) / day)
}
