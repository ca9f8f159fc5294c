import type { DeviceEventOnWire, SessionEventOnWire } from '../http-api/wire-types.ts'
import type { EventStream } from './surroundings.ts'

export const eventsPath = '/api/v1/security/sessions/events'

/** What the stream of a user's events tells of. */
export type UserEvent = SessionEventOnWire | DeviceEventOnWire

/** Which field each kind of event must have, or it is none. */
const subjects: Readonly<Record<UserEvent['type'], 'session_id' | 'device_id'>> = {
  'session.created': 'session_id',
  'session.ended': 'session_id',
  'session.renewed': 'session_id',
  'device.added': 'device_id',
  'device.changed': 'device_id',
  'device.forgotten': 'device_id',
}

export interface StreamListener {
  opened(): void
  received(event: UserEvent): void
  /** It broke or could not be opened; nothing more comes from it. */
  failed(): void
}

/** Whether the event is one of a device. */
export function isDeviceEvent(event: UserEvent): event is DeviceEventOnWire {
  return subjects[event.type] === 'device_id'
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
  for (const [type, subject] of Object.entries(subjects)) {
    stream.addEventListener(type, (message) => {
      const event = isOver ? null : parseEvent(type, subject, message.data)
      if (event) listener.received(event)
    })
  }
  return close
}

function parseEvent(type: string, subject: 'session_id' | 'device_id', data: unknown): UserEvent | null {
  try {
    const event = JSON.parse(String(data)) as Record<string, unknown> | null
    return typeof event?.[subject] === 'string' ? ({ ...event, type } as UserEvent) : null
  } catch {
    return null
  }
}
