import type { SessionEventOnWire, SessionsResponse, UserSession } from '../http-api/wire-types.ts'
import { LiveSessionsWatch } from './live-sessions-watch.ts'
import type { SessionCalls } from './session-calls.ts'
import type { RequestOptions } from './session-request.ts'
import { SessionServiceError } from './session-service-error.ts'
import type { EventStream, Surroundings } from './surroundings.ts'

export class FakeStream implements EventStream {
  isClosed = false
  readonly #listeners = new Map<string, (event: { readonly data?: unknown }) => void>()

  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void {
    this.#listeners.set(type, listener)
  }

  close(): void {
    this.isClosed = true
  }

  emit(type: string, data?: unknown): void {
    this.#listeners.get(type)?.({ data })
  }

  send(event: Partial<SessionEventOnWire> & { type: string }): void {
    const whole = { session_id: 'ses_b', at: '2026-01-01T00:00:00.000Z', reason: null, is_current: false }
    this.emit(event.type, JSON.stringify({ ...whole, ...event }))
  }
}

export class FakePage implements Surroundings {
  visible = true
  timers: { delay: number; run: () => void }[] = []
  readonly #listeners = new Set<() => void>()

  schedule(delay: number, run: () => void): () => void {
    const timer = { delay, run }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  random(): number {
    return 0
  }

  isVisible(): boolean {
    return this.visible
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  show(visible: boolean): void {
    this.visible = visible
    for (const listener of this.#listeners) listener()
  }

  delays(): number[] {
    return this.timers.map(({ delay }) => delay).sort((a, b) => a - b)
  }

  fire(delay: number): void {
    const timer = this.timers.find((candidate) => candidate.delay === delay)
    if (!timer) throw new Error(`no timer of ${delay} ms among ${this.delays()}`)
    this.timers = this.timers.filter((other) => other !== timer)
    timer.run()
  }
}

export interface Pending {
  readonly activity: RequestOptions['activity']
  answer(ids: readonly string[]): Promise<void>
  fail(error: SessionServiceError): Promise<void>
}

export class FakeCalls implements SessionCalls {
  readonly pending: Pending[] = []
  asked = 0
  revoked: string[] = []
  failure: SessionServiceError | null = null
  duringRevoke: () => void = () => {}

  getUserSessions(options?: RequestOptions): Promise<SessionsResponse> {
    this.asked += 1
    return new Promise((resolve, reject) => {
      this.pending.push({
        activity: options?.activity,
        answer: async (ids) => {
          resolve({ sessions: ids.map(session), total_count: ids.length })
          await settled()
        },
        fail: async (error) => {
          reject(error)
          await settled()
        },
      })
    })
  }

  async revokeSession(id: string): Promise<{ message: string; revoked: boolean }> {
    this.#revoke(id)
    return { message: 'ended', revoked: true }
  }

  async revokeOtherSessions(): Promise<{ message: string; revoked_count: number; current: 'kept' }> {
    this.#revoke('others')
    return { message: 'ended', revoked_count: 1, current: 'kept' }
  }

  async revokeAllSessions(): Promise<{ message: string; revoked_count: number; current: 'revoked' }> {
    this.#revoke('all')
    return { message: 'ended', revoked_count: 2, current: 'revoked' }
  }

  next(): Pending {
    const pending = this.pending.shift()
    if (!pending) throw new Error('nothing was asked')
    return pending
  }

  #revoke(what: string): void {
    this.revoked.push(what)
    this.duringRevoke()
    if (this.failure) throw this.failure
  }
}

export function session(id: string): UserSession {
  return {
    id,
    device_info: {
      type: 'desktop',
      browser: 'Firefox',
      browser_version: '142',
      os: 'Linux',
      os_version: null,
      location: null,
    },
    created_at: '2026-01-01T00:00:00.000Z',
    last_accessed: null,
    expires_at: '2026-01-31T00:00:00.000Z',
    idle_expires_at: id === 'ses_b' ? '2026-01-08T12:00:00.000Z' : null,
    is_active: true,
    is_current: id === 'ses_a',
    ip_address: '192.0.2.1',
    device_id: null,
    authenticated_at: '2026-01-01T00:00:00.000Z',
    amr: ['pwd'],
    assurance_level: 'aal1',
    is_pending: false,
    reauthentication_required: false,
    expires_by: 'default',
    idle_expires_by: id === 'ses_b' ? 'default' : null,
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

export const unauthorized: SessionServiceError = new SessionServiceError(
  401,
  'unauthorized',
  'Sign in first.',
)
export const reauthenticationRequired: SessionServiceError = new SessionServiceError(
  403,
  'reauthentication-required',
  'The last sign-in is too long ago for this.',
)
export const network: SessionServiceError = new SessionServiceError(
  0,
  'network',
  'The server could not be reached.',
)

export interface Setting {
  readonly page: FakePage
  readonly calls: FakeCalls
  readonly streams: FakeStream[]
  readonly watch: LiveSessionsWatch
  /** The state at each notification. */
  readonly seen: string[]
  readonly stream: () => FakeStream
  readonly ids: () => string[]
}

/** A live list on a page, with calls and streams that do what the test says. */
export function setUp(kind: 'stream' | 'no-stream' = 'stream'): Setting {
  const page = new FakePage()
  const calls = new FakeCalls()
  const streams: FakeStream[] = []
  const openStream = () => {
    const stream = new FakeStream()
    streams.push(stream)
    return stream
  }
  const watch = new LiveSessionsWatch(calls, kind === 'stream' ? openStream : null, { surroundings: page })
  const seen: string[] = []
  const stream = () => {
    const last = streams.at(-1)
    if (!last) throw new Error('no stream was opened')
    return last
  }
  const ids = () => watch.getSnapshot().sessions.map(({ id }) => id)
  return { page, calls, streams, watch, seen, stream, ids }
}

/** The same, with its list loaded and its stream open. */
export async function ready(
  ids: readonly string[] = ['ses_a', 'ses_b'],
): Promise<Setting & { readonly leave: () => void }> {
  const setting = setUp()
  const leave = setting.watch.subscribe(() => setting.seen.push(setting.watch.getSnapshot().state))
  setting.stream().emit('open')
  await setting.calls.next().answer(ids)
  await setting.calls.next().answer(ids)
  setting.seen.length = 0
  return { ...setting, leave }
}
