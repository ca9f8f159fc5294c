import { toIso } from '../foundation/time.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { DeviceEventOnWire, SessionEventOnWire } from './wire-types.ts'

/** What of an event the stream shows. */
export type ShownEvent = Pick<SessionEvent, 'type' | 'at' | 'sessionId' | 'deviceId' | 'reason'>

/** An event as the user's stream shows it; null for one that it does not show. Who did it stays inside. */
export function toEventOnWire(
  { type, at, sessionId, deviceId, reason }: ShownEvent,
  currentId: string,
): SessionEventOnWire | DeviceEventOnWire | null {
  switch (type) {
    case 'session.created':
    case 'session.ended':
    case 'session.renewed':
      return {
        type,
        session_id: sessionId ?? '',
        at: toIso(at),
        reason,
        is_current: sessionId === currentId,
      }
    case 'device.added':
    case 'device.changed':
    case 'device.forgotten':
      return { type, device_id: deviceId ?? '', at: toIso(at) }
    default:
      return null
  }
}
