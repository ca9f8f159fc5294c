import type { Session } from '../model/session.ts'
import type { SessionEvent } from '../model/session-event.ts'
import { SessionStream, type SessionStreamOptions } from './session-stream.ts'

/** A browser opens one for each tab. Beyond it a client has to poll: a stream holds a connection and a timer. */
export const streamsPerUser = 20

export type SessionStreamsOptions = Pick<SessionStreamOptions, 'sessions' | 'clock' | 'timers'>

/** The one subscription of all streams. */
interface Feed {
  hasBegun: boolean
  /** Resolves when it has begun, or is over before. */
  readonly begun: Promise<void>
  readonly end: () => void
}

/** The open event streams of all users, fed by one subscription that lasts while there is any. */
export class SessionStreams {
  readonly #options: SessionStreamsOptions
  readonly #byUser = new Map<string, Set<SessionStream>>()
  #feed: Feed | null = null

  constructor(options: SessionStreamsOptions) {
    this.#options = options
  }

  /** The bytes of a new stream in that session; null when its user has `streamsPerUser` open already. */
  async open(session: Session, signal: AbortSignal): Promise<ReadableStream<Uint8Array> | null> {
    const ofUser = this.#byUser.get(session.userId) ?? new Set()
    if (ofUser.size >= streamsPerUser) return null
    const onClose = (): void => this.#remove(stream, session.userId)
    const stream = new SessionStream({ ...this.#options, session, onClose })
    this.#byUser.set(session.userId, ofUser.add(stream))
    this.#feed ??= this.#follow()
    const feed = this.#feed
    signal.addEventListener('abort', () => stream.close(), { once: true })
    if (signal.aborted) stream.close()
    // It may have ended between the check of the request and the subscription: no event of that will come. Nor of
    // what another node changes before the subscription has begun, which the client would read the list before.
    try {
      await stream.closeIfOver()
      if (!feed.hasBegun) {
        await feed.begun
        await stream.closeIfOver()
      }
    } catch (error) {
      stream.close()
      throw error
    }
    return stream.bytes
  }

  #follow(): Feed {
    const { promise, resolve } = Promise.withResolvers<void>()
    const feed = { begun: promise, hasBegun: false, end }
    const unsubscribe = this.#options.sessions.subscribe(
      (event) => this.#deliver(event),
      () => {
        feed.hasBegun = true
        resolve()
      },
    )
    function end(): void {
      unsubscribe()
      resolve()
    }
    return feed
  }

  #deliver(event: SessionEvent): void {
    for (const stream of this.#concerned(event)) stream.send(event)
    if (event.type === 'user.forgotten') void this.#closeThoseOver()
  }

  /** What is about nobody in particular may be about everybody. */
  #concerned({ userId }: SessionEvent): readonly SessionStream[] {
    if (userId === null) return this.#all()
    return [...(this.#byUser.get(userId) ?? [])]
  }

  #all(): readonly SessionStream[] {
    return [...this.#byUser.values()].flatMap((ofUser) => [...ofUser])
  }

  /** The event does not say who it was. One after the other: there may be many. */
  async #closeThoseOver(): Promise<void> {
    for (const stream of this.#all()) await stream.closeIfOver().catch(() => stream.close())
  }

  #remove(stream: SessionStream, userId: string): void {
    const ofUser = this.#byUser.get(userId)
    ofUser?.delete(stream)
    if (ofUser?.size === 0) this.#byUser.delete(userId)
    if (this.#byUser.size > 0) return
    this.#feed?.end()
    this.#feed = null
  }
}
