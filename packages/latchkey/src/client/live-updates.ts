import type { ListSnapshot } from './list-snapshot.ts'
import { retryDelay } from './retry-delay.ts'
import { listenToStream, type UserEvent } from './session-event-stream.ts'
import type { EventStream, Surroundings } from './surroundings.ts'

export interface LiveUpdatesOptions {
  /** Null: there are no streams here, so it always polls. May throw, which counts as a failed stream. */
  readonly openStream: (() => EventStream) | null
  /** In milliseconds. */
  readonly pollInterval: number
  readonly surroundings: Surroundings
  readonly received: (event: UserEvent) => void
  /** Something may have changed that no event told of. */
  readonly refresh: () => void
  readonly changed: (live: ListSnapshot['live']) => void
}

/** A stream that has held for this long is believed in: the next failure starts with the shortest delay again. */
const steadyAfter = 10_000
/** Browsers allow six connections to an HTTP/1.1 server, so hidden pages give theirs back, but not at each change of tab. */
const restAfter = 60_000

/** Keeps a stream open, polls while there is none, and rests while nobody looks. */
export class LiveUpdates {
  readonly #options: LiveUpdatesOptions
  #isRunning = false
  #closeStream: (() => void) | null = null
  #failures = 0
  readonly #timers = new Map<'retry' | 'poll' | 'steady' | 'rest', () => void>()
  #endChanges: () => void = () => {}

  constructor(options: LiveUpdatesOptions) {
    this.#options = options
  }

  start(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    this.#failures = 0
    this.#endChanges = this.#options.surroundings.onChange(() => this.#pageChanged())
    if (!this.#options.surroundings.isVisible()) this.#after('rest', restAfter, () => this.#rest())
    this.#connect()
  }

  /** Says nothing to `changed`: who stops it knows. */
  stop(): void {
    if (!this.#isRunning) return
    this.#isRunning = false
    this.#endChanges()
    this.#letGo()
  }

  #connect(): void {
    const { openStream, received } = this.#options
    this.#cancel('retry')
    if (openStream === null) {
      this.#poll()
      return
    }
    try {
      this.#closeStream = listenToStream(openStream(), {
        opened: () => this.#opened(),
        received,
        failed: () => this.#failed(),
      })
    } catch {
      this.#failed()
    }
  }

  #opened(): void {
    this.#cancel('poll')
    this.#after('steady', steadyAfter, () => {
      this.#failures = 0
    })
    this.#options.changed('stream')
    this.#options.refresh()
  }

  #failed(): void {
    this.#closeStream = null
    this.#cancel('steady')
    const delay = retryDelay(this.#failures, this.#options.surroundings.random())
    this.#failures += 1
    this.#after('retry', delay, () => this.#connect())
    if (!this.#timers.has('poll')) this.#poll()
    this.#options.refresh()
  }

  #poll(): void {
    this.#options.changed('polling')
    this.#after('poll', this.#options.pollInterval, () => {
      if (this.#options.surroundings.isVisible()) this.#options.refresh()
      this.#poll()
    })
  }

  #pageChanged(): void {
    if (!this.#options.surroundings.isVisible()) {
      if (!this.#timers.has('rest')) this.#after('rest', restAfter, () => this.#rest())
      return
    }
    this.#cancel('rest')
    this.#options.refresh()
    if (this.#closeStream === null) this.#connect()
  }

  #rest(): void {
    this.#letGo()
    this.#options.changed('off')
  }

  #letGo(): void {
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
    this.#closeStream?.()
    this.#closeStream = null
  }

  #after(name: 'retry' | 'poll' | 'steady' | 'rest', delay: number, run: () => void): void {
    this.#cancel(name)
    const cancel = this.#options.surroundings.schedule(delay, () => {
      this.#timers.delete(name)
      run()
    })
    this.#timers.set(name, cancel)
  }

  #cancel(name: 'retry' | 'poll' | 'steady' | 'rest'): void {
    this.#timers.get(name)?.()
    this.#timers.delete(name)
  }
}
