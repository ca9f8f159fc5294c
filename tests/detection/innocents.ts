import type { SeededRandom } from '../faults/seeded-random.ts'
import { asDesktop, clientOf, curl, emulatedPhone, newDesktop } from './browsers.ts'
import { daysLookedAt, isWeekend, localTime } from './calendar.ts'
import { flyAndReturn, holiday } from './journeys.ts'
import { Person } from './person.ts'
import { basel, homeTowns, type Net, net, type Town } from './world.ts'

/** A way to live, and how many of a thousand people live so. */
export interface Scenario {
  readonly name: string
  readonly perThousand: number
  live(person: Person): void
}

type Evening = (person: Person, dayNumber: number) => void

/** An evening at home, with the laptop or the phone. */
function evening(person: Person, dayNumber: number): void {
  const { random } = person
  for (let visit = 0; visit < 1 + random.below(3); visit += 1) {
    const at = localTime(dayNumber, random.between(18, 23.3), person.town)
    person.visit(at, random.isBelow(0.5) ? person.desktop : person.phone, person.atHome())
  }
}

function everyDay(share: number, ...parts: readonly Evening[]): (person: Person) => void {
  return (person) => {
    for (let dayNumber = 0; dayNumber < daysLookedAt; dayNumber += 1) {
      if (!person.random.isBelow(share)) continue
      for (const part of parts) part(person, dayNumber)
    }
  }
}

function othersOf({ country, name }: Town): readonly Town[] {
  return homeTowns.filter((town) => town.country === country && town.name !== name)
}

/** From cell to cell, over the train's own network for a part of the way. */
const train: Evening = (person, dayNumber) => {
  if (isWeekend(dayNumber)) return
  const { random, town, phone } = person
  const wifi = net(`Railway ${town.country}`, 'unknown')
  for (const start of [7.2, 17.1]) {
    for (const minutes of [3, 14, 26, 41]) {
      const at = localTime(dayNumber, start + minutes / 60, town)
      const isOnWifi = random.isBelow(0.4)
      person.visit(at, phone, isOnWifi ? person.on(town, wifi) : person.onThePhone(othersOf(town)))
    }
  }
}

const phoneAllDay: Evening = (person, dayNumber) => {
  const { random, town, phone } = person
  for (let visit = 0; visit < 2 + random.below(5); visit += 1) {
    person.visit(localTime(dayNumber, random.between(7, 23), town), phone, person.onThePhone(othersOf(town)))
  }
}

/** Many behind one address; of one company in ten the gateway to the internet is in another country. */
const office: Evening = (person, dayNumber) => {
  if (isWeekend(dayNumber)) return
  const { random, town, desktop } = person
  const company = Number.parseInt(person.userId.slice(-2), 10) % 10
  const gateway = company === 0 ? (homeTowns[8] ?? town) : town
  const network = net(`Company ${company} ${town.country}`, 'unknown')
  for (let visit = 0; visit < 2 + random.below(4); visit += 1) {
    person.visit(localTime(dayNumber, random.between(8.5, 17.2), town), desktop, person.on(gateway, network))
  }
}

const exits: readonly [number, Net][] = [
  [8, net('VPN one', 'vpn')],
  [5, net('VPN one', 'vpn')],
  [2, net('VPN two', 'vpn')],
  [10, net('Cloud one', 'hosting')],
  [8, net('Cloud two', 'hosting')],
]

/** On for half an hour, off again. No list names every VPN: some are hosting networks. */
const vpnOnAndOff: Evening = (person, dayNumber) => {
  const { random, town, desktop } = person
  const start = random.between(19, 22)
  const [exit, network] = random.of(exits)
  person.visit(localTime(dayNumber, start, town), desktop, person.atHome())
  const there = person.on(homeTowns[exit] ?? town, network)
  person.visit(localTime(dayNumber, start + 0.2, town), desktop, there)
  person.visit(localTime(dayNumber, start + 0.9, town), desktop, person.atHome())
}

/** Lives in Mulhouse, works in Basel: 30 km and a border, twice a day. */
const overTheBorder: Evening = (person, dayNumber) => {
  if (isWeekend(dayNumber)) return
  const { random, desktop } = person
  person.visit(localTime(dayNumber, 7.4, basel), desktop, person.atHome())
  const work = person.on(basel, net('Company of Basel', 'unknown'))
  person.visit(localTime(dayNumber, 8.3 + random.next(), basel), desktop, work)
}

/** Now and then at night. */
const nights: Evening = (person, dayNumber) => {
  const { random, town, desktop } = person
  if (!random.isBelow(0.1)) return
  person.visit(localTime(dayNumber, 24 + random.between(0.5, 4.5), town), desktop, person.atHome())
}

/** Looks at pages as on a phone, and once in a while tries a request of theirs with curl. */
const develop: Evening = (person, dayNumber) => {
  const { random, town, desktop } = person
  const at = localTime(dayNumber, random.between(10, 16), town)
  person.visit(at, desktop, person.atHome())
  if (random.isBelow(0.03)) person.visit(at + 30_000, desktop, person.atHome(), emulatedPhone)
  if (random.isBelow(0.01)) person.visit(at + 60_000, desktop, person.atHome(), curl)
}

const desktopSite: Evening = (person, dayNumber) => {
  const { random, town, phone } = person
  const at = localTime(dayNumber, random.between(12, 13), town)
  person.visit(at, phone, person.atHome())
  if (random.isBelow(0.2)) person.visit(at + 60_000, phone, person.atHome(), asDesktop(clientOf(phone, at)))
}

function newLaptop(person: Person): void {
  const { random } = person
  const [from, other] = [20 + random.below(30), newDesktop(random, `${person.userId} new laptop`)]
  for (let dayNumber = 0; dayNumber < daysLookedAt; dayNumber += 1) {
    if (!random.isBelow(0.7)) continue
    const at = localTime(dayNumber, random.between(18, 23), person.town)
    person.visit(at, dayNumber < from ? person.desktop : other, person.atHome())
  }
}

/** From some evening on, every other evening for half an hour. */
function beginsVpn(person: Person): void {
  const from = 20 + person.random.below(20)
  for (let dayNumber = 0; dayNumber < daysLookedAt; dayNumber += 1) {
    if (person.random.isBelow(0.7)) evening(person, dayNumber)
    if (dayNumber >= from && person.random.isBelow(0.5)) vpnOnAndOff(person, dayNumber)
  }
}

/** From some day on with a laptop of the company, in its network. */
function newJob(person: Person): void {
  const { random, town } = person
  const [from, laptop] = [25 + random.below(20), newDesktop(random, `${person.userId} of the company`)]
  const network = net(`New company ${random.below(9)} ${town.country}`, 'unknown')
  for (let dayNumber = 0; dayNumber < daysLookedAt; dayNumber += 1) {
    if (random.isBelow(0.7)) evening(person, dayNumber)
    if (dayNumber < from || isWeekend(dayNumber)) continue
    person.visit(localTime(dayNumber, random.between(9, 17), town), laptop, person.on(town, network))
  }
}

/** Once on somebody else's, in their home. */
function borrowedComputer(person: Person): void {
  const { random, town } = person
  everyDay(0.7, evening)(person)
  const at = localTime(20 + random.below(30), random.between(14, 22), town)
  const host = net(`Home of friends ${random.below(9)} ${town.country}`, 'unknown')
  person.visit(at, newDesktop(random, `${person.userId} borrowed`), person.on(town, host))
}

/** Private windows: another set of cookies each time. */
const privateWindow: Evening = (person, dayNumber) => {
  const { random, town } = person
  const at = localTime(dayNumber, random.between(20, 22), town)
  const { jar, ...desktop } = person.desktop
  person.visit(at, { ...desktop, jar: `${jar} ${dayNumber}` }, person.atHome())
}

function monthly(person: Person): void {
  const { random, town, desktop } = person
  for (const dayNumber of [-88, -58, -28, 2, 32, 58]) {
    const at = localTime(dayNumber + random.below(3), random.between(9, 22), town)
    person.visit(at, desktop, person.atHome())
  }
}

/** Not seen for more than three months; some have another device by then. */
function returning(person: Person): void {
  const { random, town, desktop } = person
  const then = newDesktop(random, `${person.userId} later`)
  for (const dayNumber of [-92, -89, -84, -80]) {
    person.visit(localTime(dayNumber, random.between(9, 20), town), desktop, person.atHome())
  }
  const browser = random.isBelow(0.3) ? then : desktop
  for (let dayNumber = 20; dayNumber < daysLookedAt; dayNumber += 3) {
    person.visit(localTime(dayNumber, random.between(9, 20), town), browser, person.atHome())
  }
}

export const scenarios: readonly Scenario[] = [
  { name: 'at home', perThousand: 170, live: everyDay(0.75, evening) },
  { name: 'train between cells', perThousand: 120, live: everyDay(0.9, train, evening) },
  { name: 'phone only, carrier networks', perThousand: 140, live: everyDay(0.9, phoneAllDay) },
  { name: 'shared office address', perThousand: 140, live: everyDay(0.85, office, evening) },
  { name: 'VPN on and off', perThousand: 60, live: everyDay(0.6, vpnOnAndOff) },
  { name: 'business flights', perThousand: 40, live: flyAndReturn },
  { name: 'holiday abroad', perThousand: 60, live: holiday },
  { name: 'work across a border', perThousand: 10, live: everyDay(0.9, overTheBorder) },
  { name: 'nights', perThousand: 30, live: everyDay(0.8, evening, nights) },
  { name: 'new laptop', perThousand: 40, live: newLaptop },
  { name: 'private windows', perThousand: 20, live: everyDay(0.5, privateWindow) },
  { name: 'family computer', perThousand: 50, live: everyDay(0.6, evening) },
  { name: 'developer', perThousand: 15, live: everyDay(0.7, develop, evening) },
  { name: 'site as on a desktop', perThousand: 15, live: everyDay(0.7, desktopSite) },
  { name: 'once a month', perThousand: 30, live: monthly },
  { name: 'back after three months', perThousand: 10, live: returning },
  { name: 'begins to use a VPN', perThousand: 20, live: beginsVpn },
  { name: 'new job', perThousand: 10, live: newJob },
  { name: 'borrowed computer', perThousand: 20, live: borrowedComputer },
]

/** Of that many people about; families of three share a computer. */
export function innocents(people: number, randomOf: (userId: string) => SeededRandom): readonly Person[] {
  return scenarios.flatMap(({ name, perThousand, live }) => {
    const count = Math.round((people * perThousand) / 1_000)
    return Array.from({ length: count }, (_, index) => {
      const userId = `${name} ${String(index).padStart(3, '0')}`
      const random = randomOf(userId)
      const town = name === 'work across a border' ? homeTowns[7] : random.of(homeTowns)
      const family = name === 'family computer' ? `family ${Math.floor(index / 3)}` : null
      const shared = family === null ? null : newDesktop(randomOf(family), family)
      const person = new Person(random, userId, name, town ?? basel, shared)
      live(person)
      return person
    })
  })
}
