import { LatchkeyError } from '../foundation/errors.ts'
import { type Duration, instantOf, milliseconds } from '../foundation/time.ts'
import type { ChangedSessions } from '../model/session-filter.ts'
import type { BusEars, InvalidationBus, Membership, Renewal } from '../ports/invalidation-bus.ts'
import type { NodeRegistry, RegisteredNode } from '../ports/node-registry.ts'

/** Holds up whatever is on its way: resolves when it may arrive. What holds nothing up resolves at once. */
export type Delay = (what: string) => Promise<void>

/** Whose process it is: what reaches it waits for as long as it is paused. */
export interface BusUser {
  readonly name: string
  awake(): Promise<void>
}

/** A change as others hear of it. */
export interface AnnouncedChange {
  readonly from: string
  readonly number: number
  readonly selections: readonly ChangedSessions[]
}

const away = new LatchkeyError('storage-unavailable', 'the connection is lost')

/**
 * What several nodes in one process have in common: a registry, and connections on which each hears of what is
 * committed, in the order of commits, whenever `delay` lets it.
 */
export class FakeBus {
  readonly delay: Delay
  readonly connections: Map<string, FakeConnection> = new Map()
  /** By name: whose next question to the registry fails. */
  readonly failing: Set<string> = new Set()
  readonly #rows = new Map<string, { isFenced: boolean; renewedAt: number }>()
  readonly #now: () => number

  constructor(delay: Delay, now: () => number) {
    this.delay = delay
    this.#now = now
  }

  get registered(): readonly RegisteredNode[] {
    return [...this.#rows].map(([id, { isFenced, renewedAt }]) => ({
      id,
      isFenced,
      name: id,
      registeredAt: instantOf(0),
      sinceRenewal: milliseconds(this.#now() - renewedAt),
    }))
  }

  register(id: string, instead: readonly string[]): void {
    for (const gone of instead) this.#rows.delete(gone)
    this.#rows.set(id, { isFenced: false, renewedAt: this.#now() })
  }

  renew(id: string, overdueAfter: Duration): Renewal {
    const row = this.#rows.get(id)
    const isHeld = row?.isFenced === false
    if (isHeld) row.renewedAt = this.#now()
    const late = this.registered.filter((node) => node.id !== id && node.sinceRenewal > overdueAfter)
    return { isHeld, overdue: late.map((node) => node.id) }
  }

  fence(ids: readonly string[]): readonly string[] {
    const there = ids.filter((id) => this.#rows.has(id))
    for (const id of there)
      this.#rows.set(id, { isFenced: true, renewedAt: this.#rows.get(id)?.renewedAt ?? 0 })
    return there
  }

  remove(ids: readonly string[], which: 'any' | 'fenced'): void {
    for (const id of ids) if (which === 'any' || this.#rows.get(id)?.isFenced === true) this.#rows.delete(id)
  }

  /** At the moment of the commit: everybody who listens then will hear of it, the one who made it excepted. */
  announce(change: AnnouncedChange): void {
    for (const connection of this.connections.values()) {
      if (connection.user.name !== change.from) connection.hear(change)
    }
  }

  confirm(to: string, number: number, nodeId: string): void {
    this.connections.get(to)?.hearConfirmation(number, nodeId)
  }

  /** As a process has it: each call is made and answered whenever `delay` lets it. */
  registryOf(user: BusUser): NodeRegistry {
    const asked = async <Result>(what: string, call: () => Result): Promise<Result> => {
      await this.delay(`${user.name} asks to ${what}`)
      if (this.failing.delete(user.name)) throw away
      const result = call()
      await this.delay(`${user.name} is told of ${what}`)
      await user.awake()
      return result
    }
    return {
      nodes: () => asked('read the registry', () => this.registered),
      fence: (ids) => asked('fence', () => this.fence(ids)),
      remove: (ids) => asked('remove', () => this.remove(ids, 'fenced')),
    }
  }

  /** As a process has it: a lost connection is followed by another one. */
  busOf(user: BusUser): InvalidationBus {
    const connect = (ears: BusEars): void => {
      const connection = new FakeConnection(this, user, ears, () => {
        void this.delay(`${user.name} connects`).then(() => connect(ears))
      })
      this.connections.set(user.name, connection)
      ears.hearing(connection.membership)
    }
    return { join: async (ears) => connect(ears) }
  }
}

/** One connection that listens. What is asked for on it is done and answered in order; so is what is heard. */
export class FakeConnection {
  readonly user: BusUser
  readonly membership: Membership
  readonly #bus: FakeBus
  readonly #ears: BusEars
  readonly #onLost: () => void
  #inbox: Promise<unknown> = Promise.resolve()
  #asked: Promise<unknown> = Promise.resolve()
  #state: 'up' | 'deaf' | 'hanging' | 'lost' = 'up'
  readonly #lost = Promise.withResolvers<never>()

  constructor(bus: FakeBus, user: BusUser, ears: BusEars, onLost: () => void) {
    this.#bus = bus
    this.user = user
    this.#ears = ears
    this.#onLost = onLost
    this.#lost.promise.catch(() => undefined)
    this.membership = {
      register: (id, instead) => this.#ask('register', () => bus.register(id, instead)),
      renew: (id, overdueAfter) => this.#ask('renew', () => bus.renew(id, overdueAfter)),
      leave: (ids) => this.#ask('leave', () => bus.remove(ids, 'any')),
      abandon: () => this.lose(),
    }
  }

  /** Nothing arrives any more, and nobody says so. */
  hang(): void {
    if (this.#state !== 'lost') this.#state = 'hanging'
  }

  /** Questions are answered, and nothing is heard any more. */
  deafen(): void {
    if (this.#state === 'up') this.#state = 'deaf'
  }

  /** The process notices that it hears nothing. What it has asked for may be done all the same. */
  lose(): void {
    if (this.#state === 'lost') return
    this.#state = 'lost'
    if (this.#bus.connections.get(this.user.name) === this) this.#bus.connections.delete(this.user.name)
    this.#lost.reject(away)
    this.#ears.lost()
    this.#onLost()
  }

  hear({ from, number, selections }: AnnouncedChange): void {
    this.#deliver(`${this.user.name} hears of ${number} of ${from}`, () =>
      this.#ears.invalidated(selections, (nodeId) => {
        const confirming = this.#ask('confirm', () => this.#bus.confirm(from, number, nodeId))
        confirming.catch(() => undefined)
      }),
    )
  }

  hearConfirmation(number: number, nodeId: string): void {
    this.#deliver(`${this.user.name} hears that ${number} is confirmed`, () =>
      this.#ears.confirmed(number, nodeId),
    )
  }

  #deliver(what: string, tell: () => void): void {
    this.#inbox = this.#inbox.then(async () => {
      await this.#bus.delay(what)
      await this.user.awake()
      if (this.#state === 'up') tell()
    })
  }

  /** A request that hangs was made or was not, as its state was when it would have arrived. */
  #ask<Result>(what: string, call: () => Result): Promise<Result> {
    const answer = this.#asked.then(async () => {
      await this.#bus.delay(`${this.user.name} asks to ${what}`)
      if (this.#state === 'hanging') await this.#lost.promise.catch(() => undefined)
      const result = call()
      await this.#bus.delay(`${this.user.name} is told of ${what}`)
      await this.user.awake()
      if (this.#state === 'hanging') await this.#lost.promise
      return result
    })
    this.#asked = answer.catch(() => undefined)
    return Promise.race([answer, this.#lost.promise])
  }
}
