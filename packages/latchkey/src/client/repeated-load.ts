import type { RequestOptions } from './session-request.ts'

type Activity = NonNullable<RequestOptions['activity']>

/** Asks for a list again and again, one request at a time. */
export class RepeatedLoad {
  readonly #load: (activity: Activity, isCurrent: () => boolean) => Promise<void>
  /** Grows when it is forgotten: what was asked before is not believed any more. */
  #round = 0
  #loading: Promise<void> | null = null
  #isStale = false

  /** `load` asks once; where `isCurrent` says no by then, its answer has come too late. Never rejects. */
  constructor(load: (activity: Activity, isCurrent: () => boolean) => Promise<void>) {
    this.#load = load
  }

  /** Calls that meet share a request. */
  ask(activity: Activity): Promise<void> {
    if (this.#loading) {
      this.#isStale = true
      return this.#loading
    }
    const loading = this.#loadUntilCurrent(activity).finally(() => {
      if (this.#loading === loading) this.#loading = null
    })
    this.#loading = loading
    return loading
  }

  /** Whether nothing was forgotten since this was called. */
  sinceNow(): () => boolean {
    const round = this.#round
    return () => round === this.#round
  }

  /** What is under way is not believed any more. */
  forget(): void {
    this.#round += 1
    this.#loading = null
    this.#isStale = false
  }

  /** What was asked for while an answer was under way may have come too late for it: one more answer is had. */
  async #loadUntilCurrent(activity: Activity): Promise<void> {
    const isCurrent = this.sinceNow()
    let next = activity
    do {
      this.#isStale = false
      await this.#load(next, isCurrent)
      next = 'background'
    } while (this.#isStale && isCurrent())
  }
}
