import { type SeededRandom, seededRandom, seedOfPart } from '../faults/seeded-random.ts'
import { Attacker, attacks } from './attacks.ts'
import { daysLookedAt } from './calendar.ts'
import { innocents, scenarios } from './innocents.ts'
import { Person } from './person.ts'
import { type LabelledEvent, SimulatedHost } from './simulated-host.ts'
import { homeTowns } from './world.ts'

/** Days on which an innocent user used a session, by the way that they live. */
export interface SessionDays {
  readonly scenario: string
  readonly people: number
  readonly days: number
}

export interface LabelledSet {
  readonly events: readonly LabelledEvent[]
  readonly sessionDays: readonly SessionDays[]
  /** Of each kind, how often. */
  readonly attacks: ReadonlyMap<string, number>
}

export interface SetSize {
  readonly seed: number
  /** Innocent ones. */
  readonly people: number
  /** Of each kind. */
  readonly attacks: number
}

/** Ways to live of those who are attacked; all of them are home bodies no more than others are. */
const attacked = [
  'at home',
  'train between cells',
  'phone only, carrier networks',
  'shared office address',
  'VPN on and off',
]

/** The same for the same seed. Victims are people of their own: their days do not count as innocent. */
export function labelledSet({ seed, people, attacks: times }: SetSize): LabelledSet {
  const randomOf = (name: string): SeededRandom => seededRandom(seedOfPart(seed, numberOf(name)))
  const everybody = innocents(people, randomOf)
  const host = new SimulatedHost()
  const strikes = attacks.flatMap((attack) =>
    Array.from({ length: times }, (_, index) => {
      const random = randomOf(`${attack.name} ${index}`)
      const attacker = new Attacker(random, attack.name, String(index))
      const victims = Array.from({ length: attack.victims(random) }, (_unused, number) =>
        victim(randomOf, `victim ${attack.name} ${index} ${number}`),
      )
      attack.strike(attacker, victims)
      return [...attacker.acts, ...victims.flatMap((person) => person.acts())]
    }),
  )
  host.play([...everybody.flatMap((person) => person.acts()), ...strikes.flat()])
  return {
    events: host.events,
    sessionDays: scenarios.map(({ name }) => daysOf(name, everybody)),
    attacks: new Map(attacks.map(({ name }) => [name, times])),
  }
}

function victim(randomOf: (name: string) => SeededRandom, userId: string): Person {
  const random = randomOf(userId)
  const person = new Person(random, userId, 'victim', random.of(homeTowns), null)
  const life = random.of(attacked)
  scenarios.find(({ name }) => name === life)?.live(person)
  return person
}

function daysOf(scenario: string, everybody: readonly Person[]): SessionDays {
  const people = everybody.filter(({ userId }) => userId.startsWith(scenario))
  const days = people.map((person) => [...person.days].filter((day) => day < daysLookedAt).length)
  return { scenario, people: people.length, days: days.reduce((sum, count) => sum + count, 0) }
}

function numberOf(name: string): number {
  let hash = 0
  for (const character of name) hash = (Math.imul(hash, 33) + character.charCodeAt(0)) | 0
  return hash
}
