import {
  between,
  type Clock,
  type Duration,
  earlier,
  hours,
  type Instant,
  milliseconds,
} from '../foundation/time.ts'
import type { Timers } from '../foundation/timers.ts'
import type { Session } from '../model/session.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { Sessions } from '../operations/sessions.ts'
import { isEndedBy } from './ended-by-event.ts'

/** `unclear`: nobody can tell whether its session is over. */
export type EndCause = 'over' | 'renewed' | 'unclear'

/** A connection that lives as long as its session. */
export interface GuardedConnection {
  readonly session: Session
  /** Called once at most. */
  readonly end: (cause: EndCause) => void
}

/** Where the time comes from. */
export interface WatchOptions {
  readonly clock: Clock
  readonly timers: Timers
}

/** A timer of more than 24.8 days would go off at once (`setTimeout`). */
const longestWait: Duration = hours(24)

/** Between two looks at a session that is past its deadline and live, as a use of it has not been written yet. */
const shortestWait: Duration = milliseconds(500)

/** Whoever has only the old token must not go on by a connection that it opened. */
const proofs = new Set(['reauthentication', 'privilege-change'])

/** One watched connection, and what stops its timer. */
interface Watch extends WatchOptions {
  readonly connection: GuardedConnection
  session: Session
  cancelTimer: () => void
}

/** All connections of a process that are to end with their sessions, fed by one subscription that lasts while there is any. */
export class GuardedConnections {
  readonly #sessions: Sessions
  readonly #bySession = new Map<string, Set<Watch>>()
  #unsubscribe: (() => void) | null = null

  constructor(sessions: Sessions) {
    this.#sessions = sessions
  }

  /** Returns what ends the watch; it may be called twice. */
  watch(connection: GuardedConnection, { clock, timers }: WatchOptions): () => void {
    const { session } = connection
    const watch: Watch = { connection, session, clock, timers, cancelTimer: () => undefined }
    const ofSession = this.#bySession.get(session.id) ?? new Set()
    this.#bySession.set(session.id, ofSession.add(watch))
    this.#unsubscribe ??= this.#sessions.subscribe(
      (event) => this.#hear(event),
      () => void this.#endThoseOver(),
    )
    this.#schedule(watch)
    // It may have ended between the check of the handshake and the subscription: no event of that will come. What
    // another node ends before the subscription has begun is met by a second look then.
    void this.#endIfOver(watch)
    return () => this.#forget(watch)
  }

  #hear(event: SessionEvent): void {
    if (event.type === 'user.forgotten') void this.#endThoseOver()
    else if (event.type === 'cut-off.set') this.#hearOf(this.#all(), event)
    else if (event.sessionId !== null) {
      this.#hearOf([...(this.#bySession.get(event.sessionId) ?? [])], event)
    }
  }

  #hearOf(watches: readonly Watch[], event: SessionEvent): void {
    for (const watch of watches) {
      if (isEndedBy(watch.session, event)) this.#end(watch, 'over')
      else if (event.type === 'session.renewed' && proofs.has(String(event.after?.['cause']))) {
        this.#end(watch, 'renewed')
      }
    }
  }

  #all(): readonly Watch[] {
    return [...this.#bySession.values()].flatMap((ofSession) => [...ofSession])
  }

  /** Where no event says whose sessions are gone. One after the other: there may be many. */
  async #endThoseOver(): Promise<void> {
    for (const watch of this.#all()) await this.#endIfOver(watch)
  }

  /** Where nobody can tell, it ends as well: whoever connects again is told so until somebody can. */
  async #endIfOver(watch: Watch): Promise<void> {
    try {
      const session = await this.#sessions.getSession(watch.session.id)
      if (!session?.isActive) this.#end(watch, 'over')
      // It was opened with a token that proves less, which is good for requests under way only.
      else if (session.authenticatedAt > watch.session.authenticatedAt) this.#end(watch, 'renewed')
      else watch.session = session
    } catch {
      this.#end(watch, 'unclear')
    }
  }

  #schedule(watch: Watch): void {
    const { clock, timers, session } = watch
    const untilDeadline = Math.max(0, between(clock.now(), deadlineOf(session)))
    const delay = milliseconds(Math.min(longestWait, Math.max(shortestWait, untilDeadline)))
    watch.cancelTimer = timers.after(delay, () => void this.#lookAgain(watch))
  }

  async #lookAgain(watch: Watch): Promise<void> {
    await this.#endIfOver(watch)
    if (this.#isWatched(watch)) this.#schedule(watch)
  }

  #end(watch: Watch, cause: EndCause): void {
    if (!this.#isWatched(watch)) return
    this.#forget(watch)
    watch.connection.end(cause)
  }

  #isWatched(watch: Watch): boolean {
    return this.#bySession.get(watch.session.id)?.has(watch) ?? false
  }

  #forget(watch: Watch): void {
    watch.cancelTimer()
    const ofSession = this.#bySession.get(watch.session.id)
    ofSession?.delete(watch)
    if (ofSession?.size === 0) this.#bySession.delete(watch.session.id)
    if (this.#bySession.size > 0) return
    this.#unsubscribe?.()
    this.#unsubscribe = null
  }
}

function deadlineOf({ expiresAt, idleExpiresAt }: Session): Instant {
  return idleExpiresAt === null ? expiresAt : earlier(expiresAt, idleExpiresAt)
}
