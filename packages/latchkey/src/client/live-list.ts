import type { EndReasonOnWire } from '../http-api/wire-types.ts'
import type { ListSnapshot } from './list-snapshot.ts'
import { LiveUpdates } from './live-updates.ts'
import { RepeatedLoad } from './repeated-load.ts'
import type { UserEvent } from './session-event-stream.ts'
import type { RequestOptions } from './session-request.ts'
import { asSessionServiceError } from './session-service-error.ts'
import type { WatchOptions } from './sessions-watch.ts'
import { browserSurroundings, type EventStream } from './surroundings.ts'

type Activity = NonNullable<RequestOptions['activity']>

/** What one kind of list does its own way. */
export interface ListKind<Snapshot extends ListSnapshot, Answer> {
  readonly initial: Snapshot
  ask(options: RequestOptions): Promise<Answer>
  /** The snapshot with an answer in it. */
  accept(snapshot: Snapshot, answer: Answer): Snapshot
  received(event: UserEvent): void
  /** What was learnt beside the snapshot is to be forgotten, too. */
  forget(): void
}

const defaultPollInterval = 15_000

/** A list that keeps itself current while somebody is subscribed, and forgets what it knew when nobody is. */
export class LiveList<Snapshot extends ListSnapshot, Answer> {
  readonly #kind: ListKind<Snapshot, Answer>
  readonly #live: LiveUpdates
  readonly #load: RepeatedLoad
  readonly #listeners = new Set<() => void>()
  #snapshot: Snapshot
  #isClosed = false

  constructor(
    kind: ListKind<Snapshot, Answer>,
    openStream: (() => EventStream) | null,
    options: WatchOptions,
  ) {
    this.#kind = kind
    this.#snapshot = kind.initial
    this.#load = new RepeatedLoad((activity, isCurrent) => this.#loadOnce(activity, isCurrent))
    this.#live = new LiveUpdates({
      openStream,
      pollInterval: options.pollInterval ?? defaultPollInterval,
      surroundings: options.surroundings ?? browserSurroundings,
      received: (event) => kind.received(event),
      refresh: () => void this.refresh('background'),
      changed: (live) =>
        this.set(live === this.#snapshot.live ? this.#snapshot : { ...this.#snapshot, live }),
    })
  }

  getSnapshot(): Snapshot {
    return this.#snapshot
  }

  subscribe(listener: () => void): () => void {
    if (this.#isClosed) return () => {}
    // A wrapper of its own, so that one function subscribed twice counts twice.
    const subscriber = () => listener()
    this.#listeners.add(subscriber)
    if (this.#listeners.size === 1) {
      void this.refresh('user')
      this.#live.start()
    }
    return () => {
      if (this.#listeners.delete(subscriber) && this.#listeners.size === 0) this.#stop()
    }
  }

  /** Never rejects: a failure stands in the snapshot. */
  refresh(activity: Activity): Promise<void> {
    return this.#listeners.size === 0 ? Promise.resolve() : this.#load.ask(activity)
  }

  /** Makes a call that changes something; where it says that this session is over, so does the list. */
  async change<Result>(call: () => Promise<Result>): Promise<Result> {
    const isCurrent = this.#load.sinceNow()
    try {
      return await call()
    } catch (thrown) {
      const error = asSessionServiceError(thrown)
      if (error.status === 401 && isCurrent()) this.signOut(null)
      throw error
    }
  }

  set(next: Snapshot): void {
    if (next === this.#snapshot) return
    this.#snapshot = next
    for (const listener of [...this.#listeners]) listener()
  }

  signOut(endReason: EndReasonOnWire | null): void {
    if (this.#listeners.size === 0 || this.#snapshot.state === 'signed-out') return
    this.#forget()
    this.set({ ...this.#kind.initial, state: 'signed-out', endReason })
  }

  close(): void {
    this.#isClosed = true
    this.#listeners.clear()
    this.#stop()
  }

  async #loadOnce(activity: Activity, isCurrent: () => boolean): Promise<void> {
    try {
      const answer = await this.#kind.ask({ activity })
      if (isCurrent()) this.#accept(answer)
    } catch (thrown) {
      const error = asSessionServiceError(thrown)
      if (!isCurrent()) return
      if (error.status === 401) this.signOut(null)
      else this.set({ ...this.#snapshot, state: 'error', error })
    }
  }

  #accept(answer: Answer): void {
    const fresh = { ...this.#snapshot, state: 'ready' as const, error: null, endReason: null }
    const next = this.#kind.accept(fresh, answer)
    this.set(JSON.stringify(next) === JSON.stringify(this.#snapshot) ? this.#snapshot : next)
    this.#live.start()
  }

  #stop(): void {
    this.#forget()
    this.#snapshot = this.#kind.initial
  }

  #forget(): void {
    this.#load.forget()
    this.#live.stop()
    this.#kind.forget()
  }
}
