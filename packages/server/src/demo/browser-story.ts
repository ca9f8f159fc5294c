import { after, between, days, type Instant, seconds } from 'latchkey'
import { demoFingerprint } from './demo-ownership.ts'
import type { DemoDevice, DemoPerson } from './demo-person.ts'
import type { DemoStep } from './demo-step.ts'
import type { DemoSpan, DemoVisit } from './demo-visit.ts'

/** A device from one clearing of its cookies to the next: what Latchkey takes for one device. */
export interface DemoBrowser {
  /** `<user>/<number>`, as steps call it. */
  readonly name: string
  readonly look: 'first' | 'later'
  /** What its owner still has in mind for it. */
  readonly pending: Set<'look' | 'name' | 'trust'>
}

/** The browsers of one person. */
export class DemoBrowsers {
  readonly #person: DemoPerson
  readonly #span: DemoSpan
  readonly #current = new Map<DemoDevice, DemoBrowser>()

  constructor(person: DemoPerson, span: DemoSpan) {
    this.#person = person
    this.#span = span
  }

  /** The browser that is used on the visit. `cleared`: its cookies have gone since the last one, and with them its session. */
  at(visit: DemoVisit): { readonly browser: DemoBrowser; readonly since: 'new' | 'known' | 'cleared' } {
    const { device } = visit
    const known = this.#current.get(device)
    const { cookiesLostOn } = device.ownership
    const isDue = cookiesLostOn !== null && this.#dayOf(visit.at) >= cookiesLostOn
    if (known !== undefined && !(isDue && known.look === 'first')) return { browser: known, since: 'known' }
    const browser = known === undefined ? this.#first(device) : this.#later(device)
    this.#current.set(device, browser)
    return { browser, since: known === undefined ? 'new' : 'cleared' }
  }

  /** What its owner does with it on this visit, besides using it. */
  *lookAfter(visit: DemoVisit): Generator<DemoStep> {
    const browser = this.#current.get(visit.device)
    if (browser === undefined) return
    const { name, trust } = visit.device.ownership
    const { name: device, pending } = browser
    const day = this.#dayOf(visit.at)
    const at = after(visit.at, seconds(20))
    if (pending.delete('look')) {
      const components = demoFingerprint(
        `${this.#person.index}/${this.#position(visit.device)}`,
        browser.look,
      )
      yield { kind: 'look-at-device', at, device, components }
    }
    if (name && day >= name.day && pending.delete('name')) {
      yield { kind: 'name-device', at: after(visit.at, seconds(30)), device, name: name.text }
    }
    if (trust && day >= trust.day && pending.delete('trust')) {
      yield { kind: 'trust-device', at: after(visit.at, seconds(40)), device, days: trust.days }
    }
  }

  /** Only those that will be cleared are looked at: the others would resemble nothing. */
  #first(device: DemoDevice): DemoBrowser {
    const isLookedAt = device.ownership.cookiesLostOn !== null
    return {
      name: `${this.#person.index}/${this.#position(device)}`,
      look: 'first',
      pending: new Set(isLookedAt ? ['look', 'name', 'trust'] : ['name', 'trust']),
    }
  }

  #later(device: DemoDevice): DemoBrowser {
    const number = this.#position(device) + this.#person.devices.length
    return { name: `${this.#person.index}/${number}`, look: 'later', pending: new Set(['look']) }
  }

  #position(device: DemoDevice): number {
    return this.#person.devices.indexOf(device)
  }

  #dayOf(at: Instant): number {
    return this.#span.days - Math.ceil(between(at, this.#span.endsAt) / days(1))
  }
}
