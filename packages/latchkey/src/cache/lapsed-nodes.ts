import type { Duration } from '../foundation/time.ts'
import type { Timers } from '../foundation/timers.ts'
import type { NodeRegistry } from '../ports/node-registry.ts'
import { answeredInTime } from './answered-in-time.ts'

/**
 * Outlasts the leases of nodes that do not answer: fences them, so that they cannot renew, and waits a whole
 * lease, by this machine's monotonic time alone. Whatever the clocks of the storage and of the node say, the
 * lease is over then.
 */
export class LapsedNodes {
  readonly #registry: NodeRegistry
  readonly #timers: Timers
  readonly #lease: Duration
  readonly #report: (error: unknown) => void
  /** By node: whether it had to be waited for. One that is being outlasted already is not fenced again. */
  readonly #outlasting = new Map<string, Promise<boolean>>()

  constructor(registry: NodeRegistry, timers: Timers, lease: Duration, report: (error: unknown) => void) {
    this.#registry = registry
    this.#timers = timers
    this.#lease = lease
    this.#report = report
  }

  /**
   * Resolves when none of the nodes can answer from what it knew before the call. Returns how many had to be
   * waited for: a node that has left the registry holds no lease. Rejects when they cannot be fenced.
   */
  async outlast(ids: readonly string[]): Promise<number> {
    const unknown = ids.filter((id) => !this.#outlasting.has(id))
    if (unknown.length > 0) this.#begin(unknown)
    const waited = await Promise.all(ids.map((id) => this.#outlasting.get(id) ?? false))
    return waited.filter((hadToWait) => hadToWait).length
  }

  #begin(ids: readonly string[]): void {
    const fenced = answeredInTime(this.#registry.fence(ids), this.#lease, this.#timers)
    for (const id of ids) {
      const outlasted = this.#outlastOne(id, fenced)
      this.#outlasting.set(id, outlasted)
      const forget = (): void => void this.#outlasting.delete(id)
      outlasted.then(forget, forget)
    }
  }

  async #outlastOne(id: string, fenced: Promise<readonly string[]>): Promise<boolean> {
    if (!(await fenced).includes(id)) return false
    await new Promise<void>((resolve) => void this.#timers.after(this.#lease, resolve))
    // One that stays in the registry is outlasted again by the next who meets it: slower, and right.
    await this.#registry.remove([id]).catch(this.#report)
    return true
  }
}
