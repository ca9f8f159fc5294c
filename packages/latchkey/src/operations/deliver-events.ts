import { type Duration, seconds } from '../foundation/time.ts'
import type { SessionEvent } from '../model/session-event.ts'
import { changedSessions } from './changed-sessions.ts'
import type { Wiring } from './wiring.ts'

/** Events in one read. Larger: more memory at once after a pause. Smaller: more reads. */
export const eventsInOneRead = 500

/** Shorter: a storage that is away is asked more often. Longer: live pages are behind for longer after it is back. */
export const retryAfter: Duration = seconds(1)

type ReceiveEvent = (event: SessionEvent) => void

interface Subscriber {
  readonly receive: ReceiveEvent
  readonly begun: () => void
  /** It is interested in later positions only; null until that position is known. */
  from: number | null
}

/**
 * Brings the event log to those who want to know, each event once and in order. It follows the log from the
 * first subscriber to the last one's leaving; nobody reads a log in which nobody is interested.
 */
export class EventDelivery {
  readonly #wiring: Wiring
  readonly #subscribers = new Set<Subscriber>()
  /** Whatever reads the log stands in one line: that keeps the order. */
  #line: Promise<void> = Promise.resolve()
  /** Everything up to here has been delivered; null while nobody is followed. */
  #position: number | null = null
  /** How many are asking for the newest position. Nothing is read meanwhile: it might be theirs already, and pass them by. */
  #beginning = 0
  #wakeIsPending = false
  #isClosed = false
  #stopListening: (() => void) | null = null
  #cancelRetry: (() => void) | null = null

  constructor(wiring: Wiring) {
    this.#wiring = wiring
  }

  subscribe(receive: ReceiveEvent, begun: () => void = () => undefined): () => void {
    if (this.#isClosed) {
      this.#tell(begun)
      return () => undefined
    }
    const subscriber: Subscriber = { receive, begun, from: null }
    this.#subscribers.add(subscriber)
    this.#stopListening ??= this.#wiring.storage.liveFeed.subscribe(() => this.#wake())
    // Asked at once, before the caller can change anything: what it does next is an event from now on.
    const newest = this.#wiring.storage.events.latest()
    // It may have failed before its turn comes; then its turn says so.
    newest.catch(() => undefined)
    this.#beginning += 1
    this.#enqueue(() => this.#begin(subscriber, newest))
    return () => this.#unsubscribe(subscriber)
  }

  /** Resolves when nothing is delivered any more. */
  close(): Promise<void> {
    this.#isClosed = true
    for (const subscriber of this.#subscribers) {
      this.#unsubscribe(subscriber)
      // Whoever waits for it waits for nothing else to come.
      if (subscriber.from === null) this.#tell(subscriber.begun)
    }
    return this.#line
  }

  #unsubscribe(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber)
    if (this.#subscribers.size > 0) return
    this.#stopListening?.()
    this.#stopListening = null
    this.#cancelRetry?.()
    this.#cancelRetry = null
    this.#position = null
  }

  async #begin(subscriber: Subscriber, newest: Promise<number>): Promise<void> {
    try {
      this.#place(subscriber, await newest)
    } finally {
      this.#beginning -= 1
      this.#wake()
    }
  }

  #place(subscriber: Subscriber, newest: number): void {
    if (!this.#subscribers.has(subscriber) || subscriber.from !== null) return
    this.#position ??= newest
    subscriber.from = newest
    this.#tell(subscriber.begun)
  }

  #wake(): void {
    if (this.#wakeIsPending) return
    this.#wakeIsPending = true
    this.#enqueue(async () => {
      this.#wakeIsPending = false
      // The last of those who begin wakes again.
      if (this.#beginning > 0) return
      await this.#placeTheUnplaced()
      await this.#deliver()
    })
  }

  /** Those whose first question failed start where the others are: rather an event too many than one too few. */
  async #placeTheUnplaced(): Promise<void> {
    const { events } = this.#wiring.storage
    for (const subscriber of [...this.#subscribers]) {
      if (subscriber.from === null) this.#place(subscriber, this.#position ?? (await events.latest()))
    }
  }

  async #deliver(): Promise<void> {
    while (this.#position !== null && this.#beginning === 0) {
      const found = await this.#wiring.storage.events.read(this.#position, eventsInOneRead)
      if (this.#beginning > 0) return
      for (const event of found) this.#deliverOne(event)
      if (found.length < eventsInOneRead) return
    }
  }

  #deliverOne(event: SessionEvent): void {
    if (this.#position === null || event.position <= this.#position) return
    this.#position = event.position
    // Whoever is told that a session ended finds it ended, also before the one who ended it has an answer.
    const changed = changedSessions(event)
    if (changed !== null) this.#wiring.coherence.drop(changed)
    for (const { from, receive } of this.#subscribers) {
      if (from !== null && from < event.position) this.#tell(() => receive(event))
    }
  }

  #tell(call: () => void): void {
    try {
      call()
    } catch (error) {
      this.#wiring.report(error, 'subscriber')
    }
  }

  #enqueue(task: () => Promise<void>): void {
    this.#line = this.#line.then(task).catch((error: unknown) => {
      if (this.#subscribers.size === 0) return
      this.#wiring.report(error, 'deliver-events')
      this.#cancelRetry ??= this.#wiring.timers.after(retryAfter, () => {
        this.#cancelRetry = null
        this.#wake()
      })
    })
  }
}
