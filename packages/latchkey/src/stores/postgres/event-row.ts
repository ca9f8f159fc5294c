import type { JsonObject, JsonValue } from '../../foundation/json.ts'
import { type DeviceId, shardOfDevice } from '../../model/device.ts'
import type { DeviceType } from '../../model/device-info.ts'
import type { EndReason } from '../../model/session.ts'
import type { NewSessionEvent, SessionEvent, SessionEventType } from '../../model/session-event.ts'
import { type SessionId, shardOfSession, shardOfUser } from '../../model/session-token.ts'
import { fromEventFacts, toEventFacts } from './event-facts.ts'
import { fromJson, orNull } from './json-columns.ts'
import { type Big, toInstant } from './row.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

/** A row of `session_event_log`. */
export interface EventRow {
  readonly position: Big
  readonly type: SessionEventType
  readonly at: Big
  readonly session_id: SessionId | null
  readonly device_id: DeviceId | null
  /** Empty: nobody. */
  readonly user_id: string
  readonly actor: string
  readonly request: string | null
  readonly before: unknown
  readonly after: unknown
  readonly reason: EndReason | null
  readonly device_type: DeviceType | null
  readonly browser: string | null
  readonly os: string | null
  readonly facts: unknown
  readonly digest: Uint8Array | null
}

/** The columns that a new event fills, with their types: several come as one array for each. */
export const eventColumnTypes = {
  type: 'text',
  at: 'bigint',
  session_id: 'text',
  device_id: 'text',
  user_id: 'text',
  shard: 'smallint',
  actor: 'text',
  request: 'text',
  before: 'jsonb',
  after: 'jsonb',
  reason: 'text',
  device_type: 'text',
  browser: 'text',
  os: 'text',
  facts: 'jsonb',
} as const

export const newEventColumns: string = Object.keys(eventColumnTypes).join(', ')

export const eventColumns: string = `position, ${newEventColumns}, digest`

/** Whom an event is about, as it is stored. */
export const nobody = ''

export function toEvent(row: EventRow): SessionEvent {
  const { device_type: type, browser, os } = row
  return {
    type: row.type,
    at: toInstant(row.at),
    sessionId: row.session_id,
    deviceId: row.device_id,
    userId: row.user_id === nobody ? null : fromStoredText(row.user_id),
    actor: fromStoredText(row.actor),
    request: orNull(row.request, fromStoredText),
    before: toFacts(row.before),
    after: toFacts(row.after),
    reason: row.reason,
    device:
      type === null || browser === null || os === null
        ? null
        : { type, browser: fromStoredText(browser), os: fromStoredText(os) },
    facts: orNull(row.facts, toEventFacts),
    position: Number(row.position),
    digest: orNull(row.digest, (bytes) => Uint8Array.from(bytes)),
  }
}

export function toEventValues(event: NewSessionEvent): Record<keyof typeof eventColumnTypes, unknown> {
  return {
    type: event.type,
    at: event.at,
    session_id: event.sessionId,
    device_id: event.deviceId,
    user_id: event.userId === null ? nobody : toStoredText(event.userId),
    shard: shardOfEvent(event),
    actor: toStoredText(event.actor),
    request: orNull(event.request, toStoredText),
    before: fromFacts(event.before),
    after: fromFacts(event.after),
    reason: event.reason,
    device_type: event.device?.type ?? null,
    browser: event.device && toStoredText(event.device.browser),
    os: event.device && toStoredText(event.device.os),
    facts: orNull(event.facts, fromEventFacts),
  }
}

/** The user's, where one is named: what names them is found by it. */
function shardOfEvent({ userId, sessionId, deviceId }: NewSessionEvent): number {
  if (userId !== null) return shardOfUser(userId)
  if (sessionId !== null) return shardOfSession(sessionId)
  return deviceId === null ? 0 : shardOfDevice(deviceId)
}

export function fromFacts(facts: JsonObject | null): string | null {
  return facts && JSON.stringify(eachText(facts, toStoredText))
}

export function toFacts(stored: unknown): JsonObject | null {
  return stored === null ? null : (eachText(fromJson<JsonObject>(stored), fromStoredText) as JsonObject)
}

/** With every text in it, names included, written another way. */
function eachText(value: JsonValue, convert: (text: string) => string): JsonValue {
  if (typeof value === 'string') return convert(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: JsonValue) => eachText(item, convert))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [convert(name), eachText(item, convert)]),
  )
}
