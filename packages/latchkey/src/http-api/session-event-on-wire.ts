import { toIso } from '../foundation/time.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { DeviceEventOnWire, SessionEventOnWire } from './wire-types.ts'

/** An event as the user's stream shows it. Who did it stays inside. */
export function toEventOnWire(
  { type, at, sessionId, deviceId, reason }: Omit<SessionEvent, 'position'>,
  currentId: string,
): SessionEventOnWire | DeviceEventOnWire {
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
  }
}
