import type { Place } from '../../packages/latchkey/src/model/place.ts'
import type { SeededRandom } from '../faults/seeded-random.ts'
import type { AnyAct, Client, Label } from './acts.ts'
import { type Browser, clientOf, newDesktop, newPhone } from './browsers.ts'
import { day, dayOf, hour } from './calendar.ts'
import { type Net, net, placeAt, type Town } from './world.ts'

/** How long a session lasts, and unused. */
const lifetime = 30 * day
const idle = 7 * day

interface Visit {
  readonly at: number
  readonly browser: Browser
  readonly place: Place
  readonly client: Client
}

interface Signed {
  readonly session: string
  readonly since: number
  lastUse: number
}

/** Somebody with habits: what they do, in the order of time. */
export class Person {
  readonly userId: string
  readonly random: SeededRandom
  readonly town: Town
  readonly home: Net
  readonly carrier: readonly [Net, Net]
  readonly desktop: Browser
  readonly phone: Browser
  /** On which they used it. */
  readonly days: Set<number> = new Set()
  readonly #visits: Visit[] = []
  readonly #label: Label
  /** They sign out, or the application ends sessions soon. */
  readonly #signsOut: boolean
  readonly #sessions = new Map<string, Signed>()

  constructor(random: SeededRandom, userId: string, scenario: string, town: Town, shared: Browser | null) {
    this.random = random
    this.userId = userId
    this.town = town
    this.#label = { scenario, attack: null }
    this.#signsOut = random.isBelow(0.25)
    this.home = homeNetwork(random, town)
    this.carrier = carrierOf(random, town)
    this.desktop = shared ?? newDesktop(random, `${userId} desktop`)
    this.phone = newPhone(random, `${userId} phone`)
  }

  /** Uses the site once. A day may be told in any order. */
  visit(at: number, browser: Browser, place: Place, client: Client = clientOf(browser, at)): void {
    this.days.add(dayOf(at))
    this.#visits.push({ at, browser, place, client })
  }

  /** All that they did, in the order of time, with a sign-in where there was no session any more. */
  acts(): readonly AnyAct[] {
    this.#sessions.clear()
    return this.#visits.sort((a, b) => a.at - b.at).map((visit) => this.#actOf(visit))
  }

  #actOf({ at, browser, place, client }: Visit): AnyAct {
    const signed = this.#sessions.get(browser.jar)
    const base = { at: at as AnyAct['at'], label: this.#label, client, place }
    if (signed === undefined || isOver(signed, at, this.#signsOut)) {
      const session = `${this.userId} ${browser.jar} ${at}`
      this.#sessions.set(browser.jar, { session, since: at, lastUse: at })
      return { kind: 'sign-in', ...base, userId: this.userId, session, jar: browser.jar }
    }
    signed.lastUse = at
    return { kind: 'use', ...base, session: signed.session }
  }

  atHome(): Place {
    return placeAt(this.random, this.town, this.home, this.random.between(5, 50))
  }

  /** Carriers have their gateways in some town of the country, and more than one network. */
  onThePhone(gateways: readonly Town[]): Place {
    const network = this.random.isBelow(0.85) ? this.carrier[0] : this.carrier[1]
    const near = this.random.isBelow(0.8) ? this.town : this.random.of([this.town, ...gateways])
    return placeAt(this.random, near, network, this.random.between(20, 200))
  }

  on(where: Town, network: Net): Place {
    return placeAt(this.random, where, network, this.random.between(5, 50))
  }
}

function isOver({ since, lastUse }: Signed, at: number, signsOut: boolean): boolean {
  return at - since >= lifetime || at - lastUse >= (signsOut ? hour : idle)
}

/** Most networks of homes stand in no list of kinds. */
export function homeNetwork(random: SeededRandom, { country }: Town): Net {
  const number = random.below(4)
  return net(`Home ${number} ${country}`, number === 0 ? 'isp' : 'unknown')
}

function carrierOf(random: SeededRandom, { country }: Town): readonly [Net, Net] {
  const number = random.below(3)
  const kind = number === 0 ? 'mobile' : 'unknown'
  return [net(`Carrier ${number} ${country}`, kind), net(`Carrier ${number} ${country} 2`, kind)]
}
