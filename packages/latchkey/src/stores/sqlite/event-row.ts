import type { JsonObject } from '../../foundation/json.ts'
import type { Instant } from '../../foundation/time.ts'
import type { DeviceId } from '../../model/device.ts'
import type { DeviceType } from '../../model/device-info.ts'
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
    before: row.before === null ? null : (JSON.parse(row.before) as JsonObject),
    after: row.after === null ? null : (JSON.parse(row.after) as JsonObject),
    reason: row.reason,
    device:
      row.device === null
        ? null
        : (JSON.parse(row.device) as { type: DeviceType; browser: string; os: string }),
    position: row.position,
    digest: row.digest,
  }
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
  }
}
