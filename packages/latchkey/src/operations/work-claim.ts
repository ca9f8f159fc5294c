import { randomBase32 } from '../foundation/bytes.ts'
import { after, between, type Duration, type Instant } from '../foundation/time.ts'
import type { Wiring } from './wiring.ts'

/** Of work that one process of many does, for one of them; renewed when half of it is over. */
export class WorkClaim {
  readonly #wiring: Wiring
  readonly #work: string
  readonly #length: Duration
  readonly #holder = randomBase32(16)
  #until: Instant | null = null

  constructor(wiring: Wiring, work: string, length: Duration) {
    this.#wiring = wiring
    this.#work = work
    this.#length = length
  }

  /** False where another process is at it. */
  async hold(): Promise<boolean> {
    const { clock, storage } = this.#wiring
    const now = clock.now()
    if (this.#until !== null && between(now, this.#until) > this.#length / 2) return true
    const until = after(now, this.#length)
    const isHeld = await storage.workClaims.claim(this.#work, this.#holder, now, until)
    this.#until = isHeld ? until : null
    return isHeld
  }

  /** Never rejects: it ends by itself. */
  async release(): Promise<void> {
    if (this.#until === null) return
    this.#until = null
    await this.#wiring.storage.workClaims
      .release(this.#work, this.#holder)
      .catch((error: unknown) => this.#wiring.report(error, this.#work))
  }
}
