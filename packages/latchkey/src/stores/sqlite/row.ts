import { parseJsonObject } from '../../foundation/json.ts'
import type { Duration, Instant } from '../../foundation/time.ts'
import { type DeviceInfo, type DeviceType, deviceTypes, unknownDevice } from '../../model/device-info.ts'
import type { EndReason, SessionRecord } from '../../model/session.ts'
import type { SessionEvent, SessionEventType } from '../../model/session-event.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { Values } from './connection.ts'

/** A row of `user_sessions`. This file is the only place where a column meets a field. */
export interface SessionRow {
  readonly id: SessionId
  readonly user_id: string
  readonly device_info: string
  readonly created_at: Instant
  readonly last_accessed: Instant | null
  readonly expires_at: Instant
  readonly invalidated_at: Instant | null
  readonly end_reason: EndReason | null
  readonly ended_by: string | null
  readonly shard: number
  readonly secret_hash: Uint8Array
  readonly version: number
  readonly lifetime: Duration | null
  readonly authenticated_at: Instant
  readonly amr: string
  readonly ip_address: string | null
  readonly user_agent: string | null
}

export const sessionColumns: string =
  'id, user_id, device_info, created_at, last_accessed, expires_at, invalidated_at, end_reason, ended_by, ' +
  'shard, secret_hash, version, lifetime, authenticated_at, amr, ip_address, user_agent'

export function toRecord(row: SessionRow): SessionRecord {
  return {
    id: row.id,
    shard: row.shard,
    userId: row.user_id,
    secretHash: row.secret_hash,
    version: row.version,
    createdAt: row.created_at,
    lastAccessedAt: row.last_accessed,
    expiresAt: row.expires_at,
    lifetime: row.lifetime,
    authenticatedAt: row.authenticated_at,
    amr: JSON.parse(row.amr) as readonly string[],
    invalidatedAt: row.invalidated_at,
    endReason: row.end_reason,
    endedBy: row.ended_by,
    deviceInfo: toDevice(row.device_info),
    ipAddress: row.ip_address,
    userAgent: row.user_agent,
  }
}

export function toValues(record: SessionRecord): Values {
  return {
    id: record.id,
    user_id: record.userId,
    device_info: fromDevice(record.deviceInfo),
    created_at: record.createdAt,
    last_accessed: record.lastAccessedAt,
    expires_at: record.expiresAt,
    invalidated_at: record.invalidatedAt,
    end_reason: record.endReason,
    ended_by: record.endedBy,
    shard: record.shard,
    secret_hash: record.secretHash,
    version: record.version,
    lifetime: record.lifetime,
    authenticated_at: record.authenticatedAt,
    amr: JSON.stringify(record.amr),
    ip_address: record.ipAddress,
    user_agent: record.userAgent,
  }
}

/** JSON in `snake_case`, as on the wire, for those who look at the table with SQL. */
function fromDevice(device: DeviceInfo): string {
  return JSON.stringify({
    type: device.type,
    browser: device.browser,
    browser_version: device.browserVersion,
    os: device.os,
    os_version: device.osVersion,
    location: device.location,
  })
}

function toDevice(text: string): DeviceInfo {
  const device = parseJsonObject(text) ?? {}
  return {
    type: deviceTypes.find((type) => type === device.type) ?? 'unknown',
    browser: textOf(device.browser) ?? unknownDevice.browser,
    browserVersion: textOf(device.browser_version),
    os: textOf(device.os) ?? unknownDevice.os,
    osVersion: textOf(device.os_version),
    location: textOf(device.location),
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** A row of `session_events`. */
export interface EventRow {
  readonly position: number
  readonly type: SessionEventType
  readonly at: Instant
  readonly session_id: SessionId
  readonly user_id: string
  readonly actor: string
  readonly reason: EndReason | null
  readonly device: string | null
}

export function toEvent(row: EventRow): SessionEvent {
  return {
    type: row.type,
    at: row.at,
    sessionId: row.session_id,
    userId: row.user_id,
    actor: row.actor,
    reason: row.reason,
    device:
      row.device === null
        ? null
        : (JSON.parse(row.device) as { type: DeviceType; browser: string; os: string }),
    position: row.position,
  }
}
