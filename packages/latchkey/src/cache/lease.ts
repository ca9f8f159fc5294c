import { randomUUID } from 'node:crypto'
import { type Clock, type Duration, milliseconds, seconds } from '../foundation/time.ts'
import type { Timers } from '../foundation/timers.ts'
import type { Membership } from '../ports/invalidation-bus.ts'

/**
 * For how long a renewal is good (Gray and Cheriton, 1989). Longer: an ending waits longer for a node that is
 * gone. Shorter: more renewals, and a pause of the network empties more caches.
 */
export const leaseDuration: Duration = seconds(2)

/** Longer: fewer tries before the lease is over. Shorter: more writes to the storage by nodes that do nothing. */
export const renewEvery: Duration = milliseconds(500)

/** The part of a lease that is used: the rest is for clocks that do not run equally fast, five in a hundred apart. */
const usableShare = 0.95

/** A node that has not renewed for so long is outlasted by the others, so that no ending has to. Shorter: nodes that are only slow are fenced. */
export const overdueAfter: Duration = seconds(6)

/** Nodes that this process may have been, without an answer that says so: what is older is outlasted by the others. */
const mostOwn = 100

/** Why a node answers from its cache no more. */
export type LeaseLoss = 'connection-lost' | 'not-renewed' | 'fenced' | 'closed'

/** What became of a node's right to answer from its cache. */
export type LeaseChange =
  | { readonly kind: 'held'; readonly nodeId: string }
  | { readonly kind: 'over'; readonly reason: LeaseLoss }

/** What a lease works with. */
export interface LeaseSurroundings {
  readonly clock: Clock
  readonly timers: Timers
  /** Called when the node is registered anew: what it knows may be from before. */
  readonly forgetEverything: () => void
  readonly onChange: (change: LeaseChange) => void
  readonly onOverdue: (nodeIds: readonly string[]) => void
  readonly report: (error: unknown) => void
}

/** The moment before something was asked for. */
interface Noted {
  readonly monotonic: number
  readonly wall: number
}

/** The right to answer from the cache, for as long as it is renewed on the connection that hears of changes. */
export class Lease {
  readonly #with: LeaseSurroundings
  /** By the monotonic clock. */
  #validUntil = Number.NEGATIVE_INFINITY
  /** By the wall clock, which alone goes on while a machine is suspended. It can end a lease early, and never prolongs one. */
  #wallLimit = Number.NEGATIVE_INFINITY
  #membership: Membership | null = null
  #nodeId: string | null = null
  /** Every node that this process may stand for in the registry. */
  #own: readonly string[] = []
  #isSaidToBeHeld = false
  #isClosed = false
  #isTroubleTold = false
  #cancelRenewal: () => void = () => undefined
  #cancelWatch: () => void = () => undefined

  constructor(surroundings: LeaseSurroundings) {
    this.#with = surroundings
  }

  /** Asked before each cached answer. */
  isHeld(): boolean {
    const { clock } = this.#with
    return clock.monotonic() < this.#validUntil && clock.now() < this.#wallLimit
  }

  /** Under which it confirms; null before the first registration. */
  get nodeId(): string | null {
    return this.#nodeId
  }

  /** What this process is, and what it was as long as the registry may have it. */
  get ownIds(): readonly string[] {
    return this.#own
  }

  /** With a connection that hears. */
  begin(membership: Membership): void {
    // A connection that comes back while the process closes would leave a node behind that confirms nothing.
    if (this.#isClosed) return
    this.#giveUp('connection-lost')
    this.#membership = membership
    void this.#register(membership)
  }

  /** The connection is lost. The lease runs on to its end: until then an ending waits for this node. */
  lose(): void {
    this.#membership = null
    this.#cancelRenewal()
  }

  /** Also when the connection does not answer: then the others outlast what it was. */
  async close(): Promise<void> {
    const membership = this.#membership
    this.#isClosed = true
    this.lose()
    this.#giveUp('closed')
    if (membership) await this.#isAnswered(membership, membership.leave(this.#own).catch(this.#with.report))
  }

  /** Only once the lease is given up: what the node was is taken out of the registry, and nobody waits for it. */
  async #register(membership: Membership): Promise<void> {
    const nodeId = randomUUID()
    const before = this.#own.slice(-mostOwn)
    this.#nodeId = nodeId
    this.#own = [...before, nodeId]
    const noted = this.#note()
    if (!(await this.#isAnswered(membership, membership.register(nodeId, before)))) return
    this.#own = [nodeId]
    // Only now: what was loaded before may miss a change whose maker did not know of this node.
    this.#with.forgetEverything()
    this.#hold(noted)
    this.#renewLater(membership)
  }

  async #renew(membership: Membership, nodeId: string): Promise<void> {
    // Noted before it is asked for: the storage counts from later on.
    const noted = this.#note()
    const answer = await this.#isAnswered(membership, membership.renew(nodeId, overdueAfter))
    if (!answer) return
    if (!answer.value.isHeld) {
      this.#giveUp('fenced')
      return this.#register(membership)
    }
    this.#hold(noted)
    this.#renewLater(membership)
    if (answer.value.overdue.length > 0) this.#with.onOverdue(answer.value.overdue)
  }

  #renewLater(membership: Membership): void {
    this.#cancelRenewal = this.#with.timers.after(renewEvery, () => {
      if (this.#nodeId !== null) void this.#renew(membership, this.#nodeId)
    })
  }

  /** Null when the membership is over, or does not answer for a whole lease: then another connection has to be tried. */
  async #isAnswered<Value>(
    membership: Membership,
    asked: Promise<Value>,
  ): Promise<{ readonly value: Value } | null> {
    let cancel = (): void => undefined
    const tooLate = new Promise<null>((resolve) => {
      cancel = this.#with.timers.after(leaseDuration, () => resolve(null))
    })
    const answer = await Promise.race([
      asked.then(
        (value) => ({ value }),
        (error: unknown) => this.#tellTrouble(error),
      ),
      tooLate,
    ])
    cancel()
    if (answer === null) membership.abandon()
    return membership === this.#membership ? answer : null
  }

  /** Once for each time that things go wrong: it is tried again and again. */
  #tellTrouble(error: unknown): null {
    if (!this.#isTroubleTold && !this.#isClosed) this.#with.report(error)
    this.#isTroubleTold = true
    return null
  }

  #note(): Noted {
    const { clock } = this.#with
    return { monotonic: clock.monotonic(), wall: clock.now() }
  }

  #hold({ monotonic, wall }: Noted): void {
    this.#isTroubleTold = false
    this.#validUntil = monotonic + usableShare * leaseDuration
    this.#wallLimit = wall + usableShare * leaseDuration
    this.#watch()
    if (this.#isSaidToBeHeld || this.#nodeId === null) return
    this.#isSaidToBeHeld = true
    this.#with.onChange({ kind: 'held', nodeId: this.#nodeId })
  }

  /** So that the end of a lease is told when it comes, and not only when somebody asks. */
  #watch(): void {
    this.#cancelWatch()
    const left = milliseconds(Math.max(0, this.#validUntil - this.#with.clock.monotonic()))
    this.#cancelWatch = this.#with.timers.after(left, () => {
      if (this.isHeld()) this.#watch()
      else this.#giveUp(this.#membership === null ? 'connection-lost' : 'not-renewed')
    })
  }

  #giveUp(reason: LeaseLoss): void {
    this.#validUntil = Number.NEGATIVE_INFINITY
    this.#cancelWatch()
    if (!this.#isSaidToBeHeld) return
    this.#isSaidToBeHeld = false
    this.#with.onChange({ kind: 'over', reason })
  }
}
