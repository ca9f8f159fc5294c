import { type Duration, seconds } from '../foundation/time.ts'
import { spread } from '../foundation/timers.ts'
import { runBulkEnding } from './run-bulk-ending.ts'
import type { Wiring } from './wiring.ts'
import { WorkClaim } from './work-claim.ts'

/** How often a process looks for what another one has left. Longer: one that was killed is taken up later. */
export const bulkInterval: Duration = seconds(10)

/**
 * How long a process may be silent before another one takes its work up; half of it is a batch with its confirmations, and room. Shorter:
 * two work at once, which is right, but no faster.
 */
export const bulkClaimLifetime: Duration = seconds(30)

const work = 'bulk-endings'

/** Works on bulk endings that are running, in one process of many. */
export class BulkRunner {
  readonly #wiring: Wiring
  /** From 0 up to 1. */
  readonly #chance: () => number
  readonly #claim: WorkClaim
  #line: Promise<void> = Promise.resolve()
  #isStarted = false
  #isStopped = false
  #isWaiting = false
  #cancel: () => void = () => undefined

  constructor(wiring: Wiring, chance: () => number) {
    this.#wiring = wiring
    this.#chance = chance
    this.#claim = new WorkClaim(wiring, work, bulkClaimLifetime)
  }

  /** All that are running, oldest first; resolves when they are over, or another process is at them. Rejects with what kept one from going on. */
  async run(): Promise<void> {
    const running = await this.#wiring.storage.bulkEndings.running()
    if (running.length === 0) return
    const failures: unknown[] = []
    for (const ending of running) {
      // One that cannot go on keeps none of the others from it.
      await runBulkEnding(this.#wiring, ending, () => this.#goesOn()).catch((error: unknown) =>
        failures.push(error),
      )
    }
    await this.#claim.release()
    if (failures.length > 0) throw failures[0]
  }

  /** Looks at intervals from now on, until `stop`. Returns itself. */
  start(): this {
    this.#isStarted = true
    this.#wakeLater()
    return this
  }

  /** There may be one. Nothing happens before `start`. */
  wake(): void {
    if (!this.#isStarted || this.#isStopped || this.#isWaiting) return
    this.#isWaiting = true
    this.#line = this.#line.then(async () => {
      this.#isWaiting = false
      await this.run().catch((error: unknown) => this.#wiring.report(error, 'bulk-endings'))
    })
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancel()
    await this.#line
  }

  async #goesOn(): Promise<boolean> {
    return !this.#isStopped && this.#claim.hold()
  }

  #wakeLater(): void {
    this.#cancel = this.#wiring.timers.after(spread(bulkInterval, this.#chance()), () => {
      this.#wakeLater()
      this.wake()
    })
  }
}
