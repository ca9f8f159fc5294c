import { after, before, days, type Instant, instantOf, minutes, seconds } from 'latchkey'
import type { DemoDevice, DemoPerson } from './demo-person.ts'
import type { SeededRandom } from './seeded-random.ts'

/** The time that the story takes. */
export interface DemoSpan {
  readonly endsAt: Instant
  readonly days: number
}

/** Somebody sits down at a device and leaves it again within three quarters of an hour. */
export interface DemoVisit {
  readonly at: Instant
  readonly leavesAt: Instant
  readonly device: DemoDevice
}

/** Two visits with one device are this far apart at least: the longest visit fits in between. */
const leastGap = minutes(60)

/** Whoever comes later than this before the end has no time to do anything. */
const lastArrival = minutes(1)

/** Every visit of a person, oldest first, by the weekday and the hour at the place where they live. */
export function demoVisits(person: DemoPerson, span: DemoSpan, random: SeededRandom): readonly DemoVisit[] {
  return person.devices
    .flatMap((device) =>
      spaced(visitTimes(person, device, span, random), span).map((at) => visit(at, device)),
    )
    .sort((a, b) => a.at - b.at)

  function visit(at: Instant, device: DemoDevice): DemoVisit {
    const leavesAt = after(at, minutes(random.integer(2, 45)))
    return { at, leavesAt, device }
  }
}

function visitTimes(person: DemoPerson, device: DemoDevice, span: DemoSpan, random: SeededRandom): Instant[] {
  const startsAt = before(span.endsAt, days(span.days))
  const midnight = Math.floor(startsAt / days(1)) * days(1) - person.place.utcOffset * minutes(60)
  const times: Instant[] = []
  for (let day = 0; day <= span.days + 1; day += 1) {
    if (day < device.ownedFrom || day >= device.ownedUntil) continue
    const dayStartsAt = instantOf(midnight + day * days(1))
    const hours = usualHours(device, weekdayAt(dayStartsAt, person.place.utcOffset))
    if (!random.chance(hours.likelihood * person.eagerness)) continue
    for (let left = random.integer(1, 3); left > 0; left -= 1) {
      const minute = random.integer(hours.from * 60, hours.until * 60 - 1)
      times.push(instantOf(dayStartsAt + minute * minutes(1) + random.integer(0, 59_999)))
    }
  }
  if (person.isOnline && device === person.devices[0])
    times.push(before(span.endsAt, seconds(random.integer(60, 1_500))))
  return times
}

/** 0 is Sunday. */
function weekdayAt(dayStartsAt: Instant, utcOffset: number): number {
  return new Date(dayStartsAt + utcOffset * minutes(60)).getUTCDay()
}

function usualHours(
  device: DemoDevice,
  weekday: number,
): { readonly from: number; readonly until: number; readonly likelihood: number } {
  const isWeekend = weekday === 0 || weekday === 6
  switch (device.model.use) {
    case 'work':
      return { from: 7, until: 18, likelihood: isWeekend ? 0.04 : 0.9 }
    case 'home':
      return isWeekend ? { from: 9, until: 23, likelihood: 0.6 } : { from: 17, until: 23, likelihood: 0.4 }
    case 'phone':
      return { from: 7, until: 23, likelihood: 0.8 }
  }
}

function spaced(times: readonly Instant[], span: DemoSpan): readonly Instant[] {
  const startsAt = before(span.endsAt, days(span.days))
  const kept: Instant[] = []
  for (const at of times.toSorted((a, b) => b - a)) {
    const next = kept.at(-1)
    if (
      at >= startsAt &&
      at <= before(span.endsAt, lastArrival) &&
      (next === undefined || at <= before(next, leastGap))
    )
      kept.push(at)
  }
  return kept.reverse()
}
