/** How far apart two refreshes are at least, in milliseconds: each asks the server for the whole page. */
const calm = 2_000
/** While the stream is away, in milliseconds. */
const pollEvery = 10_000
/** Before a stream that broke is opened again: doubled each time, up to a minute. */
const retryAfter = 5_000
const longestRetry = 60_000
/** A page that nobody has seen for so long gives its connection back: browsers allow six to a server over HTTP/1.1. */
const sleepAfter = 60_000

type LiveState = 'connecting' | 'stream' | 'polling'

/** What this needs of the browser; a test gives its own. */
export interface ChangeSource {
  readonly open: () => Pick<EventSource, 'addEventListener' | 'close'>
  /** Returns what cancels it. */
  readonly after: (delay: number, run: () => void) => () => void
  readonly isVisible: () => boolean
}

type Timer = 'rest' | 'poll' | 'retry' | 'sleep'
type Refresh = (done: () => void) => void

/**
 * Says `refresh` after changes, at most every two seconds and not before the last one is `done`, and from time to time
 * while there is no stream. Pages that nobody sees are left alone, and have no stream after a while.
 */
export class LiveChanges {
  readonly #source: ChangeSource
  readonly #refresh: Refresh
  readonly #told: (state: LiveState) => void
  readonly #cancels = new Map<Timer, () => void>()
  #stream: ReturnType<ChangeSource['open']> | null = null
  #isDue = false
  #isBusy = false
  #isOver = false
  #retryIn = retryAfter

  constructor(source: ChangeSource, refresh: Refresh, told: (state: LiveState) => void) {
    this.#source = source
    this.#refresh = refresh
    this.#told = told
    this.#connect()
    if (!source.isVisible()) this.turned()
  }

  /** Told whenever the page has been hidden, or shown. */
  turned(): void {
    if (!this.#source.isVisible()) {
      this.#after('sleep', sleepAfter, () => this.#sleep())
      return
    }
    this.#cancel('sleep')
    if (this.#stream === null && !this.#cancels.has('retry')) {
      this.#told('connecting')
      this.#connect()
    }
    this.#changed()
  }

  stop(): void {
    this.#isOver = true
    for (const cancel of this.#cancels.values()) cancel()
    this.#stream?.close()
    this.#stream = null
  }

  #sleep(): void {
    this.#cancel('poll')
    this.#cancel('retry')
    this.#stream?.close()
    this.#stream = null
  }

  #connect(): void {
    const opened = this.#source.open()
    this.#stream = opened
    const when = (type: string, run: () => void): void =>
      opened.addEventListener(type, () => this.#stream === opened && run())
    when('open', () => this.#opened())
    when('changed', () => this.#changed())
    when('error', () => this.#failed())
  }

  #opened(): void {
    this.#cancel('poll')
    this.#retryIn = retryAfter
    this.#told('stream')
    this.#changed()
  }

  #failed(): void {
    this.#stream?.close()
    this.#stream = null
    this.#told('polling')
    if (!this.#cancels.has('poll')) this.#poll()
    this.#after('retry', this.#retryIn, () => this.#connect())
    this.#retryIn = Math.min(this.#retryIn * 2, longestRetry)
  }

  #poll(): void {
    this.#after('poll', pollEvery, () => {
      this.#changed()
      this.#poll()
    })
  }

  #changed(): void {
    this.#isDue = true
    if (this.#isBusy || this.#cancels.has('rest') || !this.#source.isVisible()) return
    this.#isDue = false
    this.#isBusy = true
    this.#refresh(() => {
      this.#isBusy = false
      if (!this.#isOver) this.#after('rest', calm, () => this.#isDue && this.#changed())
    })
  }

  #cancel(name: Timer): void {
    this.#cancels.get(name)?.()
    this.#cancels.delete(name)
  }

  #after(name: Timer, delay: number, run: () => void): void {
    this.#cancel(name)
    const cancel = this.#source.after(delay, () => {
      this.#cancels.delete(name)
      run()
    })
    this.#cancels.set(name, cancel)
  }
}
