import type {
  RevokeSessionResponse,
  RevokeSessionsResponse,
  SessionsResponse,
  UserSession,
} from '../http-api/wire-types.ts'
import { LiveList } from './live-list.ts'
import type { SessionCalls } from './session-calls.ts'
import { isDeviceEvent, type UserEvent } from './session-event-stream.ts'
import { asSessionServiceError } from './session-service-error.ts'
import { initialSnapshot, type SessionsSnapshot, withoutSessions } from './sessions-snapshot.ts'
import type { SessionsWatch, WatchOptions } from './sessions-watch.ts'
import type { EventStream } from './surroundings.ts'

/** `SessionsWatch` over the calls of a `SessionService` and its event stream. */
export class LiveSessionsWatch implements SessionsWatch {
  readonly #calls: SessionCalls
  readonly #list: LiveList<SessionsSnapshot, SessionsResponse>
  /** Endings under way from this very list that may take this session along. */
  #ownEndings = 0
  /** Known to be over. An answer that was under way when one ended may still hold it. */
  readonly #endedIds = new Set<string>()

  constructor(calls: SessionCalls, openStream: (() => EventStream) | null, options: WatchOptions = {}) {
    this.#calls = calls
    const kind = {
      initial: initialSnapshot,
      ask: (how: object) => calls.getUserSessions(how),
      accept: (snapshot: SessionsSnapshot, answer: SessionsResponse) =>
        withoutSessions(
          { ...snapshot, sessions: answer.sessions, totalCount: answer.total_count },
          (session) => this.#endedIds.has(session.id),
        ),
      received: (event: UserEvent) => this.#receive(event),
      forget: () => this.#endedIds.clear(),
    }
    this.#list = new LiveList(kind, openStream, options)
  }

  getSnapshot(): SessionsSnapshot {
    return this.#list.getSnapshot()
  }

  subscribe(listener: () => void): () => void {
    return this.#list.subscribe(listener)
  }

  refresh(): Promise<void> {
    return this.#list.refresh('user')
  }

  async revokeSession(sessionId: string): Promise<RevokeSessionResponse> {
    const { sessions } = this.getSnapshot()
    const isOwn = sessions.some(({ id, is_current }) => id === sessionId && is_current)
    const answer = await this.#end(isOwn, () => this.#revokeOrGone(sessionId))
    if (isOwn) this.#list.signOut('logout')
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
    if (answer.current === 'revoked') this.#list.signOut('logout')
    else this.#drop((session) => !session.is_current)
    return answer
  }

  close(): void {
    this.#list.close()
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
    this.#ownEndings += takesThisAlong ? 1 : 0
    try {
      return await this.#list.change(call)
    } finally {
      this.#ownEndings -= takesThisAlong ? 1 : 0
    }
  }

  #receive(event: UserEvent): void {
    if (isDeviceEvent(event)) return
    if (event.type !== 'session.ended') {
      void this.#list.refresh('background')
    } else if (event.is_current) {
      this.#list.signOut(this.#ownEndings > 0 ? 'logout' : event.reason)
    } else {
      this.#endedIds.add(event.session_id)
      this.#drop((session) => session.id === event.session_id)
    }
  }

  /** Takes sessions off the list at once, then asks what is left. */
  #drop(isGone: (session: UserSession) => boolean): void {
    const snapshot = this.getSnapshot()
    for (const session of snapshot.sessions) if (isGone(session)) this.#endedIds.add(session.id)
    this.#list.set(withoutSessions(snapshot, isGone))
    void this.#list.refresh('background')
  }
}
