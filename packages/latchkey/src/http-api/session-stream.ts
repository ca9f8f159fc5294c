import {
  between,
  type Clock,
  type Duration,
  earlier,
  type Instant,
  milliseconds,
  seconds,
} from '../foundation/time.ts'
import type { Timers } from '../foundation/timers.ts'
import type { Session } from '../model/session.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { Sessions } from '../operations/sessions.ts'
import { isEndedBy } from '../transport/ended-by-event.ts'
import { type ShownEvent, toEventOnWire } from './session-event-on-wire.ts'

/** Below the 30 s after which proxies and load balancers give up a silent connection. */
export const heartbeatInterval: Duration = seconds(20)

/**
 * The stream may be faster than the answer that brings the new cookie. Shorter: a page asks again with the old
 * cookie and believes that it was signed out. Longer: a holder of the old token listens for longer.
 */
export const renewalGrace: Duration = seconds(2)

/** In milliseconds: what a browser waits before it connects again. */
const retryDelay = 3_000

/** Messages that a client has not taken yet. One that falls so far behind is cut off and connects again. */
const longestQueue = 256

export interface SessionStreamOptions {
  readonly sessions: Sessions
  readonly clock: Clock
  readonly timers: Timers
  /** The session in which the stream is opened. */
  readonly session: Session
  /** Called once, however the stream ends. */
  readonly onClose: () => void
}

const encoder = new TextEncoder()

/** One open stream of server-sent events: what it sends, its heartbeat, and when it is over. */
export class SessionStream {
  readonly bytes: ReadableStream<Uint8Array>
  readonly #options: SessionStreamOptions
  #session: Session
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  #cancelBeat: () => void = () => undefined
  #isOpen = true

  constructor(options: SessionStreamOptions) {
    this.#options = options
    this.#session = options.session
    this.bytes = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
        },
        cancel: () => this.#stop(),
      },
      { highWaterMark: longestQueue },
    )
    this.#write(`retry: ${retryDelay}\n\n`)
    this.#schedule()
  }

  /** Sends what happened. Closes after the end of the stream's own session, by whatever cause, and after its renewal. */
  send(event: SessionEvent): void {
    const isOwn = event.sessionId === this.#session.id
    if (isOwn && event.type === 'session.renewed') {
      this.#closeAfterRenewal(event)
      return
    }
    this.#send(event, event.position)
    if (!isEndedBy(this.#session, event)) return
    // A cut-off says nothing of sessions: that of everybody ends them in the background, later.
    if (!isOwn) this.#send(revokedAt(this.#session, event.at), null)
    this.close()
  }

  /** A renewed session has another token: whoever has only the old one must not go on listening. */
  #closeAfterRenewal(event: SessionEvent): void {
    this.#cancelBeat()
    this.#cancelBeat = this.#options.timers.after(renewalGrace, () => {
      this.#send(event, event.position)
      this.close()
    })
  }

  /** Closes, and says why, when the stream's own session is not live any more. Rejects when nobody can tell. */
  async closeIfOver(): Promise<void> {
    const session = await this.#options.sessions.getSession(this.#session.id)
    if (!this.#isOpen) return
    // The token from before a proof of identity is good for requests under way, and not for listening.
    const isRenewed = session !== null && session.authenticatedAt > this.#session.authenticatedAt
    if (session?.isActive && !isRenewed) {
      this.#session = session
      return
    }
    if (session?.isActive === false) this.#send(endingOf(session, this.#options.clock.now()), null)
    this.close()
  }

  /** May be called twice. */
  close(): void {
    if (!this.#isOpen) return
    this.#stop()
    this.#controller?.close()
  }

  #stop(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#cancelBeat()
    this.#options.onClose()
  }

  /** The next heartbeat, or the deadline where that comes first. */
  #schedule(): void {
    const { clock, timers } = this.#options
    const untilDeadline = Math.max(0, between(clock.now(), deadlineOf(this.#session)))
    const delay = milliseconds(Math.min(heartbeatInterval, untilDeadline))
    this.#cancelBeat = timers.after(delay, () => void this.#beat())
  }

  async #beat(): Promise<void> {
    this.#write(': heartbeat\n\n')
    const isDue = deadlineOf(this.#session) <= this.#options.clock.now()
    // Nobody can tell whether it is over: the client has to ask again, and is told 503 until somebody can.
    if (isDue) await this.closeIfOver().catch(() => this.close())
    if (this.#isOpen) this.#schedule()
  }

  /** Without a position there is no `id`: the event is not in the log yet. */
  #send(event: ShownEvent, position: number | null): void {
    const shown = toEventOnWire(event, this.#session.id)
    if (shown === null) return
    const id = position === null ? '' : `id: ${position}\n`
    const data = JSON.stringify(shown)
    this.#write(`event: ${event.type}\n${id}data: ${data}\n\n`)
  }

  #write(text: string): void {
    if (!this.#isOpen || this.#controller === null) return
    this.#controller.enqueue(encoder.encode(text))
    if ((this.#controller.desiredSize ?? 0) <= 0) this.close()
  }
}

function deadlineOf({ expiresAt, idleExpiresAt }: Session): Instant {
  return idleExpiresAt === null ? expiresAt : earlier(expiresAt, idleExpiresAt)
}

/** The ending of a session whose own event has not come: past its deadline, and no cleanup has met it yet. */
function endingOf(session: Session, now: Instant): ShownEvent {
  const { id, endedAt, endReason, expiresAt, idleExpiresAt } = session
  const past = expiresAt <= now ? 'expired' : 'idle-timeout'
  // A session that is over before any deadline was cut off.
  const reason = expiresAt > now && (idleExpiresAt === null || idleExpiresAt > now) ? 'revoked' : past
  return {
    type: 'session.ended',
    at: endedAt ?? now,
    sessionId: id,
    deviceId: null,
    reason: endReason ?? reason,
  }
}

function revokedAt({ id }: Session, at: Instant): ShownEvent {
  return { type: 'session.ended', at, sessionId: id, deviceId: null, reason: 'revoked' }
}
