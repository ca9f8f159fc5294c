import type {
  RevokeSessionResponse,
  RevokeSessionsResponse,
  SessionAnalytics,
  SessionCountResponse,
  SessionsResponse,
  UserSession,
} from '../http-api/wire-types.ts'
import { credentialsMode } from './credentials-mode.ts'
import { LiveSessionsWatch } from './live-sessions-watch.ts'
import type { SessionCalls } from './session-calls.ts'
import { eventsPath } from './session-event-stream.ts'
import { type Endpoint, type RequestOptions, sessionRequest } from './session-request.ts'
import type { SessionsWatch, WatchOptions } from './sessions-watch.ts'
import type { EventStream, EventStreamConstructor } from './surroundings.ts'

const sessionsPath = '/api/v1/security/sessions'

/** What a `SessionService` is made of; only `baseUrl` must be given. */
export interface SessionServiceOptions {
  /** Where Latchkey's API is: `''` for the page's own origin, otherwise `https://auth.example.com`. */
  readonly baseUrl: string
  /** A session token, for clients without cookies. Default: none; the cookie counts. */
  readonly token?: string
  /** Default: the global one. */
  readonly fetch?: typeof fetch
  /**
   * Default: the browser's `EventSource`. Null: no streams; live lists poll. A stream cannot carry a bearer
   * token, so with `token` they poll, too.
   */
  readonly eventSource?: EventStreamConstructor | null
}

/**
 * A user's own sessions, over the HTTP API. Every method rejects with a `SessionServiceError` and with nothing else.
 *
 * @example
 * const sessionService = new SessionService({ baseUrl: '' })
 * const { sessions } = await sessionService.getUserSessions()
 */
export class SessionService implements SessionCalls {
  readonly #endpoint: Endpoint
  readonly #eventSource: EventStreamConstructor | null

  constructor(options: SessionServiceOptions) {
    const baseUrl = options.baseUrl.replace(/\/+$/, '')
    const token = options.token ?? null
    this.#endpoint = {
      baseUrl,
      token,
      fetch: options.fetch ?? ((input, init) => fetch(input, init)),
      credentials: credentialsMode(baseUrl, token),
    }
    const native = typeof EventSource === 'undefined' ? null : EventSource
    this.#eventSource =
      token === null ? (options.eventSource ?? (options.eventSource === null ? null : native)) : null
  }

  /** The live sessions, newest activity first, the current one included. */
  getUserSessions(options?: RequestOptions): Promise<SessionsResponse> {
    return sessionRequest(this.#endpoint, 'GET', sessionsPath, options)
  }

  getActiveSessionCount(options?: RequestOptions): Promise<SessionCountResponse> {
    return sessionRequest(this.#endpoint, 'GET', `${sessionsPath}/count`, options)
  }

  getCurrentSession(options?: RequestOptions): Promise<UserSession> {
    return sessionRequest(this.#endpoint, 'GET', `${sessionsPath}/current`, options)
  }

  getSessionAnalytics(options?: RequestOptions): Promise<SessionAnalytics> {
    return sessionRequest(this.#endpoint, 'GET', `${sessionsPath}/analytics`, options)
  }

  /** Ends one session. An id that is unknown, ended or somebody else's rejects with status 404. */
  revokeSession(sessionId: string, options?: RequestOptions): Promise<RevokeSessionResponse> {
    return sessionRequest(
      this.#endpoint,
      'DELETE',
      `${sessionsPath}/${encodeURIComponent(sessionId)}`,
      options,
    )
  }

  /** Ends all sessions but this one. */
  revokeOtherSessions(options?: RequestOptions): Promise<RevokeSessionsResponse> {
    return sessionRequest(this.#endpoint, 'DELETE', `${sessionsPath}?scope=others`, options)
  }

  /** Ends all sessions, this one included. */
  revokeAllSessions(options?: RequestOptions): Promise<RevokeSessionsResponse> {
    return sessionRequest(this.#endpoint, 'DELETE', `${sessionsPath}?scope=all`, options)
  }

  /** The user's sessions as a list that keeps itself current. Each call makes a list of its own. */
  watchSessions(options?: WatchOptions): SessionsWatch {
    return new LiveSessionsWatch(this, this.#streamOpener(), options)
  }

  #streamOpener(): (() => EventStream) | null {
    const { baseUrl, credentials } = this.#endpoint
    const Stream = this.#eventSource
    if (Stream === null) return null
    return () => new Stream(baseUrl + eventsPath, { withCredentials: credentials === 'include' })
  }
}
