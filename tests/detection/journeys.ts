import { daysLookedAt, hour, isWeekend, localTime } from './calendar.ts'
import type { Person } from './person.ts'
import { farTowns, homeTowns, kilometresBetween, type Net, net, type Town } from './world.ts'

/** Kilometres an hour, over the ground. */
const cruise = 850
/** From the last use at the gate until the first one after landing, besides the flight: from quick people to slow ones. */
const [quickest, slowest] = [0.7, 2.5]

/** Every other week for three days somewhere, with laptop and phone. */
export function flyAndReturn(person: Person): void {
  const { random } = person
  let away: Town | null = null
  let leaves = 5 + random.below(7)
  for (let dayNumber = 0; dayNumber < daysLookedAt; dayNumber += 1) {
    if (dayNumber === leaves) {
      away = random.of(farTowns.concat(homeTowns).filter(({ name }) => name !== person.town.name))
      fly(person, dayNumber, person.town, away)
    } else if (away !== null && dayNumber === leaves + 3) {
      fly(person, dayNumber, away, person.town)
      away = null
      leaves += 10 + random.below(8)
    } else if (!isWeekend(dayNumber)) {
      workday(person, dayNumber, away)
    }
  }
}

/** Ten days abroad. The phone comes along, the laptop stays. */
export function holiday(person: Person): void {
  const { random } = person
  const [from, away] = [15 + random.below(25), random.of(farTowns)]
  for (let dayNumber = 0; dayNumber < daysLookedAt; dayNumber += 1) {
    if (dayNumber === from) fly(person, dayNumber, person.town, away)
    else if (dayNumber === from + 10) fly(person, dayNumber, away, person.town)
    else if (random.isBelow(0.6))
      leisure(person, dayNumber, dayNumber > from && dayNumber < from + 10 ? away : null)
  }
}

function fly(person: Person, dayNumber: number, from: Town, to: Town): void {
  const { random } = person
  const gate = localTime(dayNumber, random.between(7, 14), from)
  const flight = (kilometresBetween(from, to) / cruise) * hour
  const landed = gate + flight + random.between(quickest, slowest) * hour
  const isOut = from === person.town
  person.visit(gate - hour, person.desktop, isOut ? person.atHome() : person.on(from, hotel(person, from)))
  person.visit(gate, person.phone, person.on(from, net(`Airport ${from.name}`, 'unknown')))
  person.visit(landed, person.phone, person.on(to, net(`Airport ${to.name}`, 'unknown')))
  const there = isOut ? person.on(to, hotel(person, to)) : person.atHome()
  const arrived = landed + random.between(1, 3) * hour
  person.visit(arrived, person.desktop, there)
  // The session of the phone goes on in its second network there.
  person.visit(arrived + 0.1 * hour, person.phone, there)
}

/** Phones that roam leave the internet at home, minutes after the laptop did so in the hotel. */
function workday(person: Person, dayNumber: number, away: Town | null): void {
  const { random, town } = person
  const at = localTime(dayNumber, random.between(8, 17), away ?? town)
  person.visit(at, person.desktop, away === null ? person.atHome() : person.on(away, hotel(person, away)))
  person.visit(at + 0.3 * hour, person.phone, person.onThePhone([]))
}

function leisure(person: Person, dayNumber: number, away: Town | null): void {
  const { random, town } = person
  const at = localTime(dayNumber, random.between(9, 22), away ?? town)
  const isRoaming = random.isBelow(0.5)
  if (away !== null && isRoaming) person.visit(at, person.phone, person.onThePhone([]))
  else if (away !== null) person.visit(at, person.phone, person.on(away, hotel(person, away)))
  else person.visit(at, random.isBelow(0.5) ? person.phone : person.desktop, person.atHome())
}

function hotel({ userId }: Person, { name }: Town): Net {
  return net(`Hotel ${name} ${userId.length % 3}`, 'unknown')
}
