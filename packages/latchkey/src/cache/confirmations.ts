import { type Clock, type Duration, milliseconds } from '../foundation/time.ts'
import { nextTurn, type Timers } from '../foundation/timers.ts'
import type { NodeRegistry, RegisteredNode } from '../ports/node-registry.ts'
import { answeredInTime } from './answered-in-time.ts'
import { freshReads } from './fresh-reads.ts'
import type { LapsedNodes } from './lapsed-nodes.ts'
import { leaseDuration } from './lease.ts'

/**
 * How long a node has for its confirmation before it is fenced; most take a few milliseconds. Shorter: a node that
 * is only busy loses its cache. Longer: an ending waits longer for a node that is gone.
 */
export const confirmWithin: Duration = milliseconds(250)

/** How a change became final: on which nodes, and how long that took. */
export interface EndingReceipt {
  /** Other nodes that confirmed that they do not answer from their caches any more. */
  readonly confirmed: number
  /** Other nodes that did not, were fenced, and whose leases were waited out. */
  readonly fenced: number
  /** From the commit on. */
  readonly duration: Duration
}

/** The changes of this process that others have not confirmed yet. */
export class Confirmations {
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #timers: Timers
  readonly #lapsed: LapsedNodes
  readonly #isOwn: (nodeId: string) => boolean
  readonly #onConfirmed: (receipt: EndingReceipt) => void
  readonly #readNodes: () => Promise<readonly RegisteredNode[]>
  readonly #rounds = new Map<number, Round>()
  readonly #unsettled = new Set<Promise<EndingReceipt>>()
  /** Of changes that were committed. */
  #failures = 0
  #lastFailure: unknown = null

  constructor(surroundings: ConfirmationSurroundings) {
    this.#clock = surroundings.clock
    this.#timers = surroundings.timers
    this.#lapsed = surroundings.lapsed
    this.#isOwn = surroundings.isOwn
    this.#onConfirmed = surroundings.onConfirmed
    this.#readNodes = freshReads(() =>
      answeredInTime(surroundings.registry.nodes(), leaseDuration, surroundings.timers),
    )
  }

  /** How many changes are waiting for confirmations. */
  get unsettled(): number {
    return this.#unsettled.size
  }

  announcing(number: number): void {
    this.#rounds.set(number, { confirmedBy: new Set(), onConfirmed: () => undefined })
  }

  abandoned(number: number): void {
    this.#rounds.delete(number)
  }

  confirmed(number: number, nodeId: string): void {
    const round = this.#rounds.get(number)
    round?.confirmedBy.add(nodeId)
    round?.onConfirmed(nodeId)
  }

  committed(number: number): void {
    const round = this.#rounds.get(number)
    if (round === undefined) return
    const settled = this.#settle(round).catch((error: unknown) => this.#failed(error))
    const settling = settled.finally(() => {
      this.#rounds.delete(number)
      this.#unsettled.delete(settling)
    })
    // Whoever waits for it is told; nobody may be waiting.
    settling.catch(() => undefined)
    this.#unsettled.add(settling)
  }

  /**
   * Called before a change. What it returns resolves when no node answers with what was before any change that is
   * committed by then. Rejects when that cannot be found out. It may have failed before anybody asks, so failures
   * are counted: forgotten, they would pass for confirmations.
   */
  watch(): () => Promise<EndingReceipt> {
    const failuresBefore = this.#failures
    return async () => {
      if (this.#failures > failuresBefore) throw this.#lastFailure
      return together(await Promise.all(this.#unsettled))
    }
  }

  #failed(error: unknown): never {
    this.#failures += 1
    this.#lastFailure = error
    throw error
  }

  /** The registry is read after the commit: who registers later starts empty and reads what is committed. */
  async #settle(round: Round): Promise<EndingReceipt> {
    const beganAt = this.#clock.monotonic()
    const others = (await this.#readNodes()).filter(({ id }) => !this.#isOwn(id))
    const idsOf = (isFenced: boolean): string[] =>
      others.filter((node) => node.isFenced === isFenced).map(({ id }) => id)
    const [fencedBefore, fencedNow] = await Promise.all([
      this.#lapsed.outlast(idsOf(true)),
      this.#silent(round, idsOf(false)).then((silent) => this.#lapsed.outlast(silent)),
    ])
    const confirmed = others.filter(({ id }) => round.confirmedBy.has(id)).length
    const duration = milliseconds(this.#clock.monotonic() - beganAt)
    const receipt = { confirmed, fenced: fencedBefore + fencedNow, duration }
    this.#onConfirmed(receipt)
    return receipt
  }

  /** Those of the nodes that have not confirmed in time. */
  #silent(round: Round, ids: readonly string[]): Promise<readonly string[]> {
    const awaited = new Set(ids.filter((id) => !round.confirmedBy.has(id)))
    if (awaited.size === 0) return Promise.resolve([])
    return new Promise((resolve) => {
      // Where this process was held up itself, timers go off before what has arrived meanwhile is heard: that first.
      const giveUp = (): Promise<void> => nextTurn().then(() => resolve([...awaited]))
      const cancel = this.#timers.after(confirmWithin, () => void giveUp())
      round.onConfirmed = (nodeId) => {
        awaited.delete(nodeId)
        if (awaited.size > 0) return
        cancel()
        resolve([])
      }
    })
  }
}

/** What confirmations work with. */
export interface ConfirmationSurroundings {
  readonly clock: Pick<Clock, 'monotonic'>
  readonly timers: Timers
  readonly registry: Pick<NodeRegistry, 'nodes'>
  readonly lapsed: LapsedNodes
  /** Whether the node is, or was, this process. */
  readonly isOwn: (nodeId: string) => boolean
  /** Told of each change once it is confirmed. */
  readonly onConfirmed: (receipt: EndingReceipt) => void
}

interface Round {
  readonly confirmedBy: Set<string>
  onConfirmed: (nodeId: string) => void
}

/** Changes that are waited for together share the slowest. */
function together(receipts: readonly EndingReceipt[]): EndingReceipt {
  const largest = (numbers: readonly number[]): number => Math.max(0, ...numbers)
  return {
    confirmed: largest(receipts.map(({ confirmed }) => confirmed)),
    fenced: largest(receipts.map(({ fenced }) => fenced)),
    duration: milliseconds(largest(receipts.map(({ duration }) => duration))),
  }
}
