import { type JsonObject, parseJsonObject } from '../../foundation/json.ts'
import type { Instant } from '../../foundation/time.ts'
import type { DeviceId } from '../../model/device.ts'
import type { EndReason } from '../../model/session.ts'
import type { NewSessionEvent, SessionEvent, SessionEventType } from '../../model/session-event.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { Values } from './connection.ts'

/** A row of `session_events`. */
export interface EventRow {
  readonly position: number
  readonly type: SessionEventType
  readonly at: Instant
  readonly session_id: SessionId | null
  readonly device_id: DeviceId | null
  readonly user_id: string | null
  readonly actor: string
  readonly request: string | null
  readonly before: string | null
  readonly after: string | null
  readonly reason: EndReason | null
  readonly device: string | null
  readonly facts: string | null
  readonly digest: Uint8Array | null
}

export function toEvent(row: EventRow): SessionEvent {
  return {
    type: row.type,
    at: row.at,
    sessionId: row.session_id,
    deviceId: row.device_id,
    userId: row.user_id,
    actor: row.actor,
    request: row.request,
    before: row.before === null ? null : readable(row.before),
    after: row.after === null ? null : readable(row.after),
    reason: row.reason,
    device: row.device === null ? null : (readable(row.device) as unknown as SessionEvent['device']),
    facts: row.facts === null ? null : (readable(row.facts) as unknown as SessionEvent['facts']),
    position: row.position,
    digest: row.digest,
  }
}

/** Text that is no object was not written by Latchkey: the event can be read, and a check finds it altered. */
function readable(text: string): JsonObject {
  return parseJsonObject(text) ?? { unreadable: text }
}

export function toEventValues(event: NewSessionEvent): Values {
  return {
    type: event.type,
    at: event.at,
    sessionId: event.sessionId,
    deviceId: event.deviceId,
    userId: event.userId,
    actor: event.actor,
    request: event.request,
    before: event.before && JSON.stringify(event.before),
    after: event.after && JSON.stringify(event.after),
    reason: event.reason,
    device: event.device && JSON.stringify(event.device),
    facts: event.facts && JSON.stringify(event.facts),
  }
}
