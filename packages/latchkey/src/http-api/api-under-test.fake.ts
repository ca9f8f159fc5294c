import type { Duration } from '../foundation/time.ts'
import type { CreatedSession, NewSession } from '../operations/create-session.ts'
import { createSessions, type Sessions } from '../operations/sessions.ts'
import type { SessionsOptions } from '../operations/sessions-options.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import type { AnsweredRequest } from './request-frame.ts'
import { createSessionsApi, type SessionsApi, type SessionsApiOptions } from './sessions-api.ts'
import type { Problem } from './wire-types.ts'

export const origin = 'https://app.example.com'
export const apiKey = 'a-key-of-a-host-back-end-0123456789'
export const cookieName = '__Host-latchkey'

export interface Call {
  readonly method?: string
  readonly cookie?: string
  readonly bearer?: string
  /** Sent as JSON. */
  readonly json?: unknown
  readonly body?: RequestInit['body']
  readonly headers?: Record<string, string>
  /** Default `same-origin`; null: no `Sec-Fetch-Site`, as from an old browser. */
  readonly site?: string | null
  readonly signal?: AbortSignal
}

/** The API over a memory store, with the clock in the test's hand. */
export interface ApiUnderTest {
  readonly api: SessionsApi
  readonly sessions: Sessions
  readonly storage: Storage
  readonly clock: FakeClock
  readonly timers: FakeTimers
  /** What `onRequestError` was told. */
  readonly errors: unknown[]
  /** What `onRequest` was told. */
  readonly answered: AnsweredRequest[]
  call(path: string, call?: Call): Promise<Response>
  signIn(userId: string, more?: Partial<NewSession>): Promise<CreatedSession>
  /** Time passes for the clock and for the timers. */
  pass(by: Duration): void
}

export async function apiUnderTest(
  options: Partial<SessionsApiOptions> & {
    readonly storage?: Storage
    readonly sessionsOptions?: Partial<SessionsOptions>
  } = {},
): Promise<ApiUnderTest> {
  const { storage = memoryStorage(), sessionsOptions = {}, ...apiOptions } = options
  const [clock, timers] = [fakeClock(), fakeTimers()]
  const secret = new Uint8Array(32).fill(7)
  const wiring = { storage, cleanup: 'by-command', clock, secret } as const
  const sessions = await createSessions({ ...wiring, ...sessionsOptions })
  const [errors, answered]: [unknown[], AnsweredRequest[]] = [[], []]
  const api = createSessionsApi({
    sessions,
    publicUrl: origin,
    clock,
    timers,
    authenticateService: async (key) => (key === apiKey ? { id: 'key_1' } : null),
    onRequestError: (error) => errors.push(error),
    onRequest: (done) => answered.push(done),
    ...apiOptions,
  })
  return {
    api,
    sessions,
    storage,
    clock,
    timers,
    errors,
    answered,
    call: (path, call) => api.fetch(requestOf(path, call), { remoteAddress: '192.0.2.1' }),
    signIn: (userId, more) => sessions.createSession({ userId, ...more }),
    pass(by) {
      clock.advance(by)
      timers.advance(by)
    },
  }
}

function requestOf(path: string, call: Call = {}): Request {
  const { site = 'same-origin' } = call
  const headers = new Headers(site === null ? {} : { 'sec-fetch-site': site })
  if (call.cookie !== undefined) headers.set('cookie', `${cookieName}=${call.cookie}`)
  if (call.bearer !== undefined) headers.set('authorization', `Bearer ${call.bearer}`)
  if (call.json !== undefined) headers.set('content-type', 'application/json')
  for (const [name, value] of Object.entries(call.headers ?? {})) headers.set(name, value)
  const body = call.json === undefined ? call.body : JSON.stringify(call.json)
  const method = call.method ?? (body === undefined ? 'GET' : 'POST')
  const init = { method, headers, duplex: 'half', signal: call.signal ?? null }
  return new Request(origin + path, { ...init, ...(body === undefined ? {} : { body }) } as RequestInit)
}

/** The problem that an answer holds. */
export async function problemOf(response: Response): Promise<Problem> {
  return (await response.json()) as Problem
}

/** A storage that notes what it is asked, and fails while `failure` is set. */
export interface WatchedStorage {
  readonly storage: Storage
  /** `sessions.find`, `statistics.forUser`, … in the order of the calls. */
  readonly operations: string[]
  failure: Error | null
}

export function watchedStorage(): WatchedStorage {
  const operations: string[] = []
  const watched: WatchedStorage = {
    operations,
    failure: null,
    storage: interceptedStorage(memoryStorage(), (operation, call) => {
      operations.push(operation)
      return watched.failure === null ? call() : Promise.reject(watched.failure)
    }),
  }
  return watched
}
