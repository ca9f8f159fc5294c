import { type Duration, type Session, type SessionEvent, type Sessions, seconds, type Timers } from 'latchkey'

/** Changes within it are told as one: each makes a page ask for all of its numbers. */
export const gathering: Duration = seconds(1)

/** Below the 30 s after which proxies give up a silent connection. */
export const heartbeat: Duration = seconds(20)

/** A browser opens one for each tab. */
export const changeStreamsPerUser = 20

/** Messages that nobody has taken. Who falls so far behind is cut off, and connects again. */
const longestQueue = 64

const retryDelay = 3_000
const encoder = new TextEncoder()

interface OpenStream {
  readonly session: Session
  /** Null until its stream is made. */
  controller: Pick<ReadableStreamDefaultController<Uint8Array>, 'enqueue' | 'close' | 'desiredSize'> | null
}

/** Streams that say that something has changed, and nothing else: pages then ask for what they show. */
export class ChangeStreams {
  readonly #sessions: Pick<Sessions, 'subscribe' | 'getSession'>
  readonly #timers: Timers
  readonly #open = new Set<OpenStream>()
  readonly #concerned = new Set<string>()
  #concernsAll = false
  #cancelFlush: (() => void) | null = null
  #cancelBeat: () => void = () => undefined
  #unsubscribe: (() => void) | null = null

  constructor(sessions: Pick<Sessions, 'subscribe' | 'getSession'>, timers: Timers) {
    this.#sessions = sessions
    this.#timers = timers
  }

  /** For as long as that session lives and keeps its token; null: its user has `changeStreamsPerUser` open already. */
  open(session: Session, signal: AbortSignal): ReadableStream<Uint8Array> | null {
    const own = [...this.#open].filter(({ session: { userId } }) => userId === session.userId)
    if (own.length >= changeStreamsPerUser) return null
    const stream: OpenStream = { session, controller: null }
    const bytes = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          stream.controller = controller
        },
        cancel: () => this.#forget(stream),
      },
      new CountQueuingStrategy({ highWaterMark: longestQueue }),
    )
    this.#add(stream)
    signal.addEventListener('abort', () => this.#close(stream), { once: true })
    return bytes
  }

  #add(stream: OpenStream): void {
    this.#open.add(stream)
    this.#write(stream, `retry: ${retryDelay}\n\n`)
    if (this.#unsubscribe !== null) return
    this.#unsubscribe = this.#sessions.subscribe(
      (event) => this.#noted(event),
      // A page may have asked for its numbers before that, and another node have changed them since.
      () => this.#mayHaveMissed(),
    )
    this.#scheduleBeat()
  }

  #noted({ type, userId }: SessionEvent): void {
    if (userId === null) this.#concernsAll ||= type.startsWith('cut-off.') || type === 'user.forgotten'
    else this.#concerned.add(userId)
    this.#scheduleFlush()
  }

  #mayHaveMissed(): void {
    this.#concernsAll = true
    this.#scheduleFlush()
  }

  #scheduleFlush(): void {
    this.#cancelFlush ??= this.#timers.after(gathering, () => void this.#flush())
  }

  async #flush(): Promise<void> {
    this.#cancelFlush = null
    const concerned = [...this.#open].filter(
      ({ session }) => this.#concernsAll || this.#concerned.has(session.userId),
    )
    this.#concerned.clear()
    this.#concernsAll = false
    await this.#closeThoseOver(concerned)
    for (const stream of this.#open) this.#write(stream, 'event: changed\ndata: {}\n\n')
  }

  /** Who lost the session, or has another token since, must not go on listening. */
  async #closeThoseOver(streams: readonly OpenStream[]): Promise<void> {
    for (const stream of streams) {
      const now = await this.#sessions.getSession(stream.session.id).catch(() => null)
      const isRenewed = now !== null && now.authenticatedAt > stream.session.authenticatedAt
      if (!now?.isActive || isRenewed) this.#close(stream)
    }
  }

  #scheduleBeat(): void {
    this.#cancelBeat()
    this.#cancelBeat = this.#timers.after(heartbeat, () => void this.#beat())
  }

  /** A deadline passes without an event: each beat looks. */
  async #beat(): Promise<void> {
    for (const stream of this.#open) this.#write(stream, ': heartbeat\n\n')
    await this.#closeThoseOver([...this.#open])
    if (this.#open.size > 0) this.#scheduleBeat()
  }

  #write(stream: OpenStream, text: string): void {
    if ((stream.controller?.desiredSize ?? 0) <= 0) this.#close(stream)
    else stream.controller?.enqueue(encoder.encode(text))
  }

  #close(stream: OpenStream): void {
    if (!this.#open.has(stream)) return
    this.#forget(stream)
    stream.controller?.close()
  }

  #forget(stream: OpenStream): void {
    this.#open.delete(stream)
    if (this.#open.size > 0) return
    this.#unsubscribe?.()
    this.#unsubscribe = null
    this.#cancelFlush?.()
    this.#cancelFlush = null
    this.#cancelBeat()
  }
}
