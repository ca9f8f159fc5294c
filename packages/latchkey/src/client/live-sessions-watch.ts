import type {
  EndReasonOnWire,
  RevokeSessionResponse,
  RevokeSessionsResponse,
  SessionEventOnWire,
  SessionsResponse,
  UserSession,
} from '../http-api/wire-types.ts'
import { LiveUpdates } from './live-updates.ts'
import type { SessionCalls } from './session-calls.ts'
import type { RequestOptions } from './session-request.ts'
import { asSessionServiceError, type SessionServiceError } from './session-service-error.ts'
import { initialSnapshot, type SessionsSnapshot, signedOut, withoutSessions } from './sessions-snapshot.ts'
import type { SessionsWatch, WatchOptions } from './sessions-watch.ts'
import { browserSurroundings, type EventStream } from './surroundings.ts'

type Activity = NonNullable<RequestOptions['activity']>

const defaultPollInterval = 15_000

/** `SessionsWatch` over the calls of a `SessionService` and its event stream. */
export class LiveSessionsWatch implements SessionsWatch {
  readonly #calls: SessionCalls
  readonly #live: LiveUpdates
  readonly #listeners = new Set<() => void>()
  #snapshot: SessionsSnapshot = initialSnapshot
  #isClosed = false
  /** Grows when it stops or the session ends: what was asked before is not believed any more. */
  #round = 0
  #loading: Promise<void> | null = null
  #isStale = false
  /** Endings under way from this very list that may take this session along. */
  #ownEndings = 0
  /** Known to be over. An answer that was under way when one ended may still hold it. */
  readonly #endedIds = new Set<string>()

  constructor(calls: SessionCalls, openStream: (() => EventStream) | null, options: WatchOptions = {}) {
    this.#calls = calls
    this.#live = new LiveUpdates({
      openStream,
      pollInterval: options.pollInterval ?? defaultPollInterval,
      surroundings: options.surroundings ?? browserSurroundings,
      received: (event) => this.#receive(event),
      refresh: () => void this.#refresh('background'),
      changed: (live) =>
        this.#set(live === this.#snapshot.live ? this.#snapshot : { ...this.#snapshot, live }),
    })
  }

  getSnapshot(): SessionsSnapshot {
    return this.#snapshot
  }

  subscribe(listener: () => void): () => void {
    if (this.#isClosed) return () => {}
    // A wrapper of its own, so that one function subscribed twice counts twice.
    const subscriber = () => listener()
    this.#listeners.add(subscriber)
    if (this.#listeners.size === 1) {
      void this.#refresh('user')
      this.#live.start()
    }
    return () => {
      if (this.#listeners.delete(subscriber) && this.#listeners.size === 0) this.#stop()
    }
  }

  refresh(): Promise<void> {
    return this.#refresh('user')
  }

  async revokeSession(sessionId: string): Promise<RevokeSessionResponse> {
    const isOwn = this.#snapshot.sessions.some(({ id, is_current }) => id === sessionId && is_current)
    const answer = await this.#end(isOwn, () => this.#revokeOrGone(sessionId))
    if (isOwn) this.#signOut('logout')
    else this.#drop((session) => session.id === sessionId)
    return answer
  }

  async revokeOtherSessions(): Promise<RevokeSessionsResponse> {
    const answer = await this.#end(false, () => this.#calls.revokeOtherSessions())
    this.#drop((session) => !session.is_current)
    return answer
  }

  async revokeAllSessions(): Promise<RevokeSessionsResponse> {
    const answer = await this.#end(true, () => this.#calls.revokeAllSessions())
    if (answer.current === 'revoked') this.#signOut('logout')
    else this.#drop((session) => !session.is_current)
    return answer
  }

  close(): void {
    this.#isClosed = true
    this.#listeners.clear()
    this.#stop()
  }

  async #revokeOrGone(sessionId: string): Promise<RevokeSessionResponse> {
    try {
      return await this.#calls.revokeSession(sessionId)
    } catch (thrown) {
      const error = asSessionServiceError(thrown)
      if (error.status !== 404) throw error
      return { message: error.message, revoked: false }
    }
  }

  async #end<Answer>(takesThisAlong: boolean, call: () => Promise<Answer>): Promise<Answer> {
    const round = this.#round
    this.#ownEndings += takesThisAlong ? 1 : 0
    try {
      return await call()
    } catch (thrown) {
      const error = asSessionServiceError(thrown)
      if (error.status === 401 && round === this.#round) this.#signOut(null)
      throw error
    } finally {
      this.#ownEndings -= takesThisAlong ? 1 : 0
    }
  }

  #receive(event: SessionEventOnWire): void {
    if (event.type !== 'session.ended') {
      void this.#refresh('background')
    } else if (event.is_current) {
      this.#signOut(this.#ownEndings > 0 ? 'logout' : event.reason)
    } else {
      this.#endedIds.add(event.session_id)
      this.#drop((session) => session.id === event.session_id)
    }
  }

  /** Takes sessions off the list at once, then asks what is left. */
  #drop(isGone: (session: UserSession) => boolean): void {
    for (const session of this.#snapshot.sessions) if (isGone(session)) this.#endedIds.add(session.id)
    this.#set(withoutSessions(this.#snapshot, isGone))
    void this.#refresh('background')
  }

  #refresh(activity: Activity): Promise<void> {
    if (this.#listeners.size === 0) return Promise.resolve()
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

  /** What was asked for while an answer was under way may have come too late for it: one more answer is had. */
  async #loadUntilCurrent(activity: Activity): Promise<void> {
    const round = this.#round
    let next = activity
    do {
      this.#isStale = false
      await this.#load(next, round)
      next = 'background'
    } while (this.#isStale && round === this.#round)
  }

  async #load(activity: Activity, round: number): Promise<void> {
    try {
      const answer = await this.#calls.getUserSessions({ activity })
      if (round === this.#round) this.#accept(answer)
    } catch (error) {
      if (round === this.#round) this.#fail(asSessionServiceError(error))
    }
  }

  #accept(answer: SessionsResponse): void {
    const listed: SessionsSnapshot = {
      ...this.#snapshot,
      state: 'ready',
      sessions: answer.sessions,
      totalCount: answer.total_count,
      error: null,
      endReason: null,
    }
    const next = withoutSessions(listed, (session) => this.#endedIds.has(session.id))
    this.#set(JSON.stringify(next) === JSON.stringify(this.#snapshot) ? this.#snapshot : next)
    this.#live.start()
  }

  #fail(error: SessionServiceError): void {
    if (error.status === 401) this.#signOut(null)
    else this.#set({ ...this.#snapshot, state: 'error', error })
  }

  #signOut(reason: EndReasonOnWire | null): void {
    if (this.#listeners.size === 0 || this.#snapshot.state === 'signed-out') return
    this.#forget()
    this.#set(signedOut(reason))
  }

  #stop(): void {
    this.#forget()
    this.#snapshot = initialSnapshot
  }

  #forget(): void {
    this.#round += 1
    this.#loading = null
    this.#endedIds.clear()
    this.#live.stop()
  }

  #set(next: SessionsSnapshot): void {
    if (next === this.#snapshot) return
    this.#snapshot = next
    for (const listener of [...this.#listeners]) listener()
  }
}
