import type { SessionEventOnWire } from '../http-api/wire-types.ts'
import type { EventStream } from './surroundings.ts'

export const eventsPath = '/api/v1/security/sessions/events'

const eventTypes: readonly SessionEventOnWire['type'][] = [
  'session.created',
  'session.ended',
  'session.renewed',
]

export interface StreamListener {
  opened(): void
  received(event: SessionEventOnWire): void
  /** It broke or could not be opened; nothing more comes from it. */
  failed(): void
}

/**
 * Listens to a stream until it fails for the first time. The browser would try again by itself, but without
 * jitter and not after every kind of failure, so retries are left to the caller.
 */
export function listenToStream(stream: EventStream, listener: StreamListener): () => void {
  let isOver = false
  const close = () => {
    isOver = true
    stream.close()
  }
  stream.addEventListener('open', () => {
    if (!isOver) listener.opened()
  })
  stream.addEventListener('error', () => {
    if (isOver) return
    close()
    listener.failed()
  })
  for (const type of eventTypes) {
    stream.addEventListener(type, (message) => {
      const event = isOver ? null : parseEvent(type, message.data)
      if (event) listener.received(event)
    })
  }
  return close
}

function parseEvent(type: SessionEventOnWire['type'], data: unknown): SessionEventOnWire | null {
  try {
    const event = JSON.parse(String(data)) as SessionEventOnWire | null
    return typeof event?.session_id === 'string' ? { ...event, type } : null
  } catch {
    return null
  }
}
