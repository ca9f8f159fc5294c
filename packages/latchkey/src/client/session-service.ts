import type {
  AlertAnsweredResponse,
  AuditEntriesResponse,
  ChangeDeviceRequest,
  DevicesResponse,
  FingerprintRequest,
  FingerprintStateResponse,
  ForgetDeviceResponse,
  OwnAlertsResponse,
  PlaceDataResponse,
  RevokeSessionResponse,
  RevokeSessionsResponse,
  SessionAnalytics,
  SessionCountResponse,
  SessionsResponse,
  UserDevice,
  UserSession,
} from '../http-api/wire-types.ts'
import { credentialsMode } from './credentials-mode.ts'
import type { DeviceCalls } from './device-calls.ts'
import type { DevicesWatch } from './devices-watch.ts'
import { LiveDevicesWatch } from './live-devices-watch.ts'
import { LiveSessionsWatch } from './live-sessions-watch.ts'
import { activityPath, type PageOptions } from './security-activity.ts'
import type { SessionCalls } from './session-calls.ts'
import { eventsPath } from './session-event-stream.ts'
import { type Endpoint, type RequestOptions, sessionRequest } from './session-request.ts'
import type { SessionsWatch, WatchOptions } from './sessions-watch.ts'
import { sharedStream } from './shared-stream.ts'
import type { EventStream, EventStreamConstructor } from './surroundings.ts'

const securityPath = '/api/v1/security'
const sessionsPath = `${securityPath}/sessions`
const devicesPath = `${securityPath}/devices`

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
 * A user's own sessions and devices, over the HTTP API. Every method rejects with a `SessionServiceError` and with nothing else.
 *
 * @example
 * const sessionService = new SessionService({ baseUrl: '' })
 * const { sessions } = await sessionService.getUserSessions()
 */
export class SessionService implements SessionCalls, DeviceCalls {
  readonly #endpoint: Endpoint
  readonly #openStream: (() => EventStream) | null

  constructor(options: SessionServiceOptions) {
    const baseUrl = options.baseUrl.replace(/\/+$/, '')
    const token = options.token ?? null
    this.#endpoint = {
      baseUrl,
      token,
      fetch: options.fetch ?? ((input, init) => fetch(input, init)),
      credentials: credentialsMode(baseUrl, token),
    }
    this.#openStream = streamOpener(options, this.#endpoint)
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

  /** What happened to the user's sessions, devices and sign-ins, newest first. */
  getSecurityActivity(options?: RequestOptions & PageOptions): Promise<AuditEntriesResponse> {
    return sessionRequest(this.#endpoint, 'GET', activityPath(`${securityPath}/activity`, options), options)
  }

  /** What was noticed about the user's sessions, newest first. */
  getAlerts(options?: RequestOptions): Promise<OwnAlertsResponse> {
    return sessionRequest(this.#endpoint, 'GET', `${securityPath}/alerts`, options)
  }

  /**
   * Says whether it was the user; `not-me` ends the session that it is about, and stands. With the alert's `count` as it was
   * shown, `me` rejects with status 409 where it was noticed again since.
   */
  answerAlert(
    alertId: string,
    answer: 'me' | 'not-me',
    { count, ...options }: RequestOptions & { readonly count?: number } = {},
  ): Promise<AlertAnsweredResponse> {
    const path = `${securityPath}/alerts/${encodeURIComponent(alertId)}/answer`
    return sessionRequest(this.#endpoint, 'POST', path, options, { answer, count })
  }

  /** The user's devices, last seen first. */
  getDevices(options?: RequestOptions): Promise<DevicesResponse> {
    return sessionRequest(this.#endpoint, 'GET', devicesPath, options)
  }

  /** Gives a device a name of 1 to 60 characters; null takes it away. An id that is unknown or somebody else's rejects with status 404, as in all that follow. */
  renameDevice(deviceId: string, name: string | null, options?: RequestOptions): Promise<UserDevice> {
    return this.#changeDevice(deviceId, { name }, options)
  }

  /** Trusts a device for that many seconds from now on, at most 400 days. */
  trustDevice(deviceId: string, seconds: number, options?: RequestOptions): Promise<UserDevice> {
    return this.#changeDevice(deviceId, { trusted_for_seconds: seconds }, options)
  }

  untrustDevice(deviceId: string, options?: RequestOptions): Promise<UserDevice> {
    return this.#changeDevice(deviceId, { trusted_for_seconds: null }, options)
  }

  /** Ends the sessions of a device and forgets it: the next sign-in there is on a new one. */
  forgetDevice(deviceId: string, options?: RequestOptions): Promise<ForgetDeviceResponse> {
    return sessionRequest(this.#endpoint, 'DELETE', devicePath(deviceId), options)
  }

  /** Ends the sessions of a device, which stays on record. */
  endDeviceSessions(deviceId: string, options?: RequestOptions): Promise<RevokeSessionsResponse> {
    return sessionRequest(this.#endpoint, 'DELETE', `${devicePath(deviceId)}/sessions`, options)
  }

  /** Whether this browser may be looked at, and when that was last done. `observeDevice` asks it by itself. */
  getFingerprintState(options?: RequestOptions): Promise<FingerprintStateResponse> {
    return sessionRequest(this.#endpoint, 'GET', `${securityPath}/fingerprint`, options)
  }

  /** Hands in what was seen of this browser. Rejects with status 404 where the operator has it off. */
  sendFingerprint(request: FingerprintRequest, options?: RequestOptions): Promise<UserDevice> {
    return sessionRequest(this.#endpoint, 'POST', `${securityPath}/fingerprint`, options, request)
  }

  /** What places are known from, with the attribution that has to be shown beside them. */
  getPlaceData(options?: RequestOptions): Promise<PlaceDataResponse> {
    return sessionRequest(this.#endpoint, 'GET', `${securityPath}/place-data`, options)
  }

  /** The user's sessions as a list that keeps itself current. Each call makes a list of its own; all share one stream. */
  watchSessions(options?: WatchOptions): SessionsWatch {
    return new LiveSessionsWatch(this, this.#openStream, options)
  }

  /** As `watchSessions`, of the user's devices. */
  watchDevices(options?: WatchOptions): DevicesWatch {
    return new LiveDevicesWatch(this, this.#openStream, options)
  }

  #changeDevice(
    deviceId: string,
    change: ChangeDeviceRequest,
    options: RequestOptions | undefined,
  ): Promise<UserDevice> {
    return sessionRequest(this.#endpoint, 'PATCH', devicePath(deviceId), options, change)
  }
}

function devicePath(deviceId: string): string {
  return `${devicesPath}/${encodeURIComponent(deviceId)}`
}

function streamOpener(options: SessionServiceOptions, endpoint: Endpoint): (() => EventStream) | null {
  const { baseUrl, credentials, token } = endpoint
  const native = typeof EventSource === 'undefined' ? null : EventSource
  const Stream = options.eventSource === undefined ? native : options.eventSource
  if (Stream === null || token !== null) return null
  return sharedStream(() => new Stream(baseUrl + eventsPath, { withCredentials: credentials === 'include' }))
}
