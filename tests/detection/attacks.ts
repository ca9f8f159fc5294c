import type { Place } from '../../packages/latchkey/src/model/place.ts'
import type { SeededRandom } from '../faults/seeded-random.ts'
import type { AnyAct, Client, SignInAct, UseAct } from './acts.ts'
import { clientOf, curl, newDesktop } from './browsers.ts'
import { day, firstDay, hour } from './calendar.ts'
import type { Person } from './person.ts'
import { attackTowns, type Net, net, placeAt, type Town } from './world.ts'

/** What somebody does to those victims in one go. */
export interface Attack {
  readonly name: string
  /** How many people one such attack is about. */
  victims(random: SeededRandom): number
  strike(attacker: Attacker, victims: readonly Person[]): void
}

type Happening = SignInAct | UseAct

/** Somebody with a plan. What they do is labelled with the attack. */
export class Attacker {
  readonly random: SeededRandom
  readonly acts: AnyAct[] = []
  readonly #name: string
  readonly #id: string

  constructor(random: SeededRandom, name: string, id: string) {
    this.random = random
    this.#name = name
    this.#id = id
  }

  do(act: Omit<SignInAct, 'label'> | Omit<UseAct, 'label'>): void {
    this.acts.push({ ...act, label: this.#label() } as AnyAct)
  }

  signIn(userId: string, at: number, client: Client, place: Place, jar: string | null): void {
    const session = `${this.#id} ${userId} ${this.acts.length}`
    this.do({ kind: 'sign-in', at: at as AnyAct['at'], userId, session, jar, client, place })
  }

  showOldToken(session: string, at: number): void {
    this.acts.push({ kind: 'reuse', at: at as AnyAct['at'], session, label: this.#label() })
  }

  guess(at: number): void {
    this.acts.push({
      kind: 'guess',
      at: at as AnyAct['at'],
      source: `source ${this.#id}`,
      label: this.#label(),
    })
  }

  #label(): AnyAct['label'] {
    return { scenario: 'attack', attack: `${this.#name}#${this.#id}` }
  }
}

const attackDay = 28

/** When they strike: once people have their habits. */
function someTime(random: SeededRandom): number {
  return firstDay + (attackDay + random.next() * 28) * day
}

/** A session that its user used some minutes, or some hours, before. */
function stolen({ random }: Attacker, victim: Person | undefined): { last: Happening; at: number } {
  const used = (victim?.acts() ?? []).filter(
    (act): act is Happening =>
      act.kind !== 'guess' && act.kind !== 'reuse' && act.at > firstDay + attackDay * day,
  )
  const last = random.of(used)
  // From five minutes to a day, as many within each factor of ten.
  return { last, at: last.at + 300_000 * 288 ** random.next() }
}

/** Two of four hide; the others sit behind somebody's connection at home, their own or a rented one. */
function hideout(random: SeededRandom): Net {
  const chance = random.next()
  if (chance < 0.25) return net(`Cloud ${random.below(9)}`, 'hosting')
  if (chance < 0.4) return net('VPN three', 'vpn')
  return net(`Somewhere ${random.below(30)}`, 'unknown')
}

function far(random: SeededRandom, town: Town = random.of(attackTowns)): Place {
  return placeAt(random, town, hideout(random), random.between(5, 50))
}

/** A connection at somebody's home in the victim's country. */
function near(random: SeededRandom, { town }: Person): Place {
  return placeAt(random, town, net(`Proxy ${random.below(9)} ${town.country}`, 'unknown'), 50)
}

function useThrice(attacker: Attacker, session: string, at: number, client: Client, place: Place): void {
  for (const minutes of [0, 4, 30]) {
    const then = (at + minutes * 60_000) as AnyAct['at']
    attacker.do({ kind: 'use', at: then, session, client, place })
  }
}

function onOne(name: string, strike: (attacker: Attacker, victim: Person) => void): Attack {
  return {
    name,
    victims: () => 1,
    strike(attacker, [victim]) {
      if (victim !== undefined) strike(attacker, victim)
    },
  }
}

export const attacks: readonly Attack[] = [
  onOne('Stolen cookie, other country, same header', (attacker, victim) => {
    const { last, at } = stolen(attacker, victim)
    useThrice(attacker, last.session, at, last.client, far(attacker.random))
  }),
  onOne('Stolen cookie, used by curl', (attacker, victim) => {
    const { last, at } = stolen(attacker, victim)
    useThrice(attacker, last.session, at, curl, far(attacker.random))
  }),
  onOne('Stolen cookie, same country, own browser', (attacker, victim) => {
    const { last, at } = stolen(attacker, victim)
    const own = clientOf(newDesktop(attacker.random, 'own'), at)
    useThrice(attacker, last.session, at, own, near(attacker.random, victim))
  }),
  onOne('Stolen cookie, same country, old browser', (attacker, victim) => {
    const { last, at } = stolen(attacker, victim)
    const { device } = last.client
    const version = Number(device.browserVersion ?? 100) - 1 - attacker.random.below(20)
    const client = { ...last.client, device: { ...device, browserVersion: String(version) } }
    useThrice(attacker, last.session, at, client, near(attacker.random, victim))
  }),
  onOne('Old token shown again', (attacker, victim) => {
    const { last, at } = stolen(attacker, victim)
    attacker.showOldToken(last.session, at)
  }),
  {
    name: 'Token guessing from one source',
    victims: () => 0,
    strike(attacker) {
      const at = someTime(attacker.random)
      for (const minutes of [0, 1, 2, 3]) attacker.guess(at + minutes * 60_000)
    },
  },
  onOne('Takeover: new country, new device, at night', (attacker, { userId, town }) => {
    const { random } = attacker
    const midnight = Math.floor(someTime(random) / day) * day - town.zone * hour
    const at = midnight + random.between(1, 5) * hour
    attacker.signIn(userId, at, clientOf(newDesktop(random, 'thief'), at), far(random), `thief ${userId}`)
  }),
  onOne('Takeover: same country, new device', (attacker, victim) => {
    const { random } = attacker
    const at = someTime(random)
    const client = clientOf(newDesktop(random, 'thief'), at)
    attacker.signIn(victim.userId, at, client, near(random, victim), `thief ${victim.userId}`)
  }),
  onOne('Takeover of a dormant account', (attacker, victim) => {
    const { random } = attacker
    const at = firstDay + (160 + random.below(100)) * day
    const place = random.isBelow(0.5) ? near(random, victim) : far(random)
    const client = clientOf(newDesktop(random, 'thief'), at)
    attacker.signIn(victim.userId, at, client, place, `thief ${victim.userId}`)
  }),
  {
    name: 'Stuffed credentials, per account',
    victims: () => 1,
    strike(attacker, [victim]) {
      const { random } = attacker
      if (victim === undefined) return
      const at = someTime(random)
      const client = random.isBelow(0.5) ? curl : clientOf(newDesktop(random, 'bot'), at)
      const place = random.isBelow(0.7) ? far(random) : near(random, victim)
      for (let times = 0; times <= random.below(3); times += 1) {
        attacker.signIn(victim.userId, at + times * 20_000, client, place, null)
      }
    },
  },
  onOne('Burst: 6 to 20 sign-ins of one account', (attacker, victim) => {
    const { random } = attacker
    const at = someTime(random)
    const place = near(random, victim)
    for (let times = 0; times < 6 + random.below(15); times += 1) {
      const then = at + times * random.between(2_000, 20_000)
      attacker.signIn(victim.userId, then, clientOf(newDesktop(random, 'bot'), then), place, null)
    }
  }),
  onOne('Slow burst: 15 to 30 sign-ins in a day', (attacker, victim) => {
    const { random } = attacker
    const at = Math.floor(someTime(random) / day) * day
    const place = near(random, victim)
    for (let times = 0; times < 15 + random.below(16); times += 1) {
      const then = at + (times + random.next()) * 0.7 * hour
      attacker.signIn(
        victim.userId,
        then,
        clientOf(newDesktop(random, 'bot'), then),
        place,
        `bot ${victim.userId}`,
      )
    }
  }),
  {
    name: 'One browser, 12 to 30 accounts',
    victims: (random) => 12 + random.below(19),
    strike(attacker, victims) {
      const { random } = attacker
      const [at, bot] = [someTime(random), newDesktop(random, `bot ${random.next()}`)]
      victims.forEach((victim, index) => {
        const then = at + index * 90_000
        attacker.signIn(victim.userId, then, clientOf(bot, then), near(random, victim), bot.jar)
      })
    },
  },
]
