import { toIso } from '../foundation/time.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { SessionEventOnWire } from './wire-types.ts'

/** An event as the user's stream shows it. Who did it stays inside. */
export function toSessionEvent(event: Omit<SessionEvent, 'position'>, currentId: string): SessionEventOnWire {
  return {
    type: event.type,
    session_id: event.sessionId,
    at: toIso(event.at),
    reason: event.reason,
    is_current: event.sessionId === currentId,
  }
}
