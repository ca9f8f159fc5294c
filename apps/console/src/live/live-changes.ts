/** How far apart two refreshes are at least, in milliseconds: each asks the server for the whole page. */
const calm = 2_000
/** While the stream is away, in milliseconds. */
const pollEvery = 10_000
/** Before a stream that broke is opened again. */
const retryAfter = 5_000

type LiveState = 'connecting' | 'stream' | 'polling'

/** What this needs of the browser; a test gives its own. */
export interface ChangeSource {
  readonly open: () => Pick<EventSource, 'addEventListener' | 'close'>
  /** Returns what cancels it. */
  readonly after: (delay: number, run: () => void) => () => void
  readonly isVisible: () => boolean
}

type Refresh = (done: () => void) => void

/**
 * Says `refresh` after changes, at most every two seconds and not before the last one is `done`, and from time to time
 * while there is no stream. Pages that nobody sees are left alone.
 */
export class LiveChanges {
  readonly #source: ChangeSource
  readonly #refresh: Refresh
  readonly #told: (state: LiveState) => void
  readonly #cancels = new Map<'rest' | 'poll' | 'retry', () => void>()
  #stream: ReturnType<ChangeSource['open']> | null = null
  #isDue = false
  #isBusy = false
  #isOver = false

  constructor(source: ChangeSource, refresh: Refresh, told: (state: LiveState) => void) {
    this.#source = source
    this.#refresh = refresh
    this.#told = told
    this.#connect()
  }

  stop(): void {
    this.#isOver = true
    for (const cancel of this.#cancels.values()) cancel()
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
    this.#cancels.get('poll')?.()
    this.#cancels.delete('poll')
    this.#told('stream')
    this.#changed()
  }

  #failed(): void {
    this.#stream?.close()
    this.#stream = null
    this.#told('polling')
    if (!this.#cancels.has('poll')) this.#poll()
    this.#after('retry', retryAfter, () => this.#connect())
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

  #after(name: 'rest' | 'poll' | 'retry', delay: number, run: () => void): void {
    this.#cancels.get(name)?.()
    const cancel = this.#source.after(delay, () => {
      this.#cancels.delete(name)
      run()
    })
    this.#cancels.set(name, cancel)
  }
}
