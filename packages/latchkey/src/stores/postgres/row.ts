import { type Duration, type Instant, instantOf } from '../../foundation/time.ts'
import type { DeviceId } from '../../model/device.ts'
import type { EndReason, SessionRecord } from '../../model/session.ts'
import type { SessionId } from '../../model/session-token.ts'
import { latestCutOff } from './cut-offs-of-sessions.ts'
import { fromDevice, fromJson, fromPlace, orNull, toDevice, toPlace } from './json-columns.ts'
import { fromRotation, fromTerms, toRotation, toTerms } from './session-terms.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

/** A `bigint` as drivers bring it: as text, unless they were told otherwise. */
export type Big = string | number | bigint

/** A row of `user_sessions`. Here, in `device-row`, `event-row`, `event-facts`, `alert-row`, `session-terms` and `json-columns` a column meets a field, and nowhere else. */
export interface SessionRow {
  readonly id: SessionId
  readonly user_id: string
  readonly device_info: unknown
  readonly created_at: Big
  readonly last_accessed: Big | null
  readonly expires_at: Big
  readonly invalidated_at: Big | null
  readonly end_reason: EndReason | null
  readonly ended_by: string | null
  readonly shard: number
  readonly secret_hash: Uint8Array
  readonly version: number
  readonly lifetime: Big | null
  readonly authenticated_at: Big
  readonly amr: unknown
  readonly ip_address: string | null
  readonly user_agent: string | null
  readonly device_id: DeviceId | null
  readonly place: unknown
  readonly address_key: string | null
  readonly range_key: string | null
  /** Null: no roles, an untrusted device, complete. */
  readonly terms: unknown
  readonly idle_limit: Big | null
  readonly rotation: unknown
}

/** A row as it is read. */
export interface FoundRow extends SessionRow {
  readonly not_before: Big | null
}

/** The columns that a session fills, with their types: a batch comes as one array for each. */
export const columnTypes: Readonly<Record<keyof SessionRow, string>> = {
  id: 'text',
  user_id: 'text',
  device_info: 'jsonb',
  created_at: 'bigint',
  last_accessed: 'bigint',
  expires_at: 'bigint',
  invalidated_at: 'bigint',
  end_reason: 'text',
  ended_by: 'text',
  shard: 'smallint',
  secret_hash: 'bytea',
  version: 'integer',
  lifetime: 'bigint',
  authenticated_at: 'bigint',
  amr: 'jsonb',
  ip_address: 'text',
  user_agent: 'text',
  device_id: 'text',
  place: 'jsonb',
  address_key: 'text',
  range_key: 'text',
  terms: 'jsonb',
  idle_limit: 'bigint',
  rotation: 'jsonb',
}

export const sessionColumns: string = Object.keys(columnTypes).join(', ')

/**
 * What is read of `user_sessions`. Named one by one: a statement that was prepared before a column was added would fail
 * with a star.
 */
export const foundColumns: string = `${sessionColumns.replace(/\w+/g, 'user_sessions.$&')}, ${latestCutOff} AS not_before`

export function toRecord(row: FoundRow): SessionRecord {
  return {
    id: row.id,
    shard: row.shard,
    userId: fromStoredText(row.user_id),
    // A copy: the driver's bytes may lie in a large piece of memory that a kept record would hold on to.
    secretHash: Uint8Array.from(row.secret_hash),
    version: row.version,
    createdAt: toInstant(row.created_at),
    lastAccessedAt: orNull(row.last_accessed, toInstant),
    expiresAt: toInstant(row.expires_at),
    lifetime: orNull(row.lifetime, toDuration),
    idleTimeout: orNull(row.idle_limit, toDuration),
    authenticatedAt: toInstant(row.authenticated_at),
    amr: fromJson<readonly string[]>(row.amr).map(fromStoredText),
    ...toTerms(row.terms),
    rotation: orNull(row.rotation, toRotation),
    notBefore: orNull(row.not_before, toInstant),
    invalidatedAt: orNull(row.invalidated_at, toInstant),
    endReason: row.end_reason,
    endedBy: orNull(row.ended_by, fromStoredText),
    deviceInfo: toDevice(row.device_info),
    deviceId: row.device_id,
    place: orNull(row.place, toPlace),
    ipAddress: orNull(row.ip_address, fromStoredText),
    addressKey: orNull(row.address_key, fromStoredText),
    rangeKey: orNull(row.range_key, fromStoredText),
    userAgent: orNull(row.user_agent, fromStoredText),
  }
}

export function toValues(record: SessionRecord): Record<keyof SessionRow, unknown> {
  return {
    id: record.id,
    user_id: toStoredText(record.userId),
    device_info: fromDevice(record.deviceInfo),
    created_at: record.createdAt,
    last_accessed: record.lastAccessedAt,
    expires_at: record.expiresAt,
    invalidated_at: record.invalidatedAt,
    end_reason: record.endReason,
    ended_by: orNull(record.endedBy, toStoredText),
    shard: record.shard,
    secret_hash: record.secretHash,
    version: record.version,
    lifetime: record.lifetime,
    authenticated_at: record.authenticatedAt,
    amr: JSON.stringify(record.amr.map(toStoredText)),
    ip_address: orNull(record.ipAddress, toStoredText),
    user_agent: orNull(record.userAgent, toStoredText),
    device_id: record.deviceId,
    place: orNull(record.place, fromPlace),
    address_key: orNull(record.addressKey, toStoredText),
    range_key: orNull(record.rangeKey, toStoredText),
    terms: fromTerms(record),
    idle_limit: record.idleTimeout,
    rotation: orNull(record.rotation, fromRotation),
  }
}

function toDuration(value: Big): Duration {
  return Number(value) as Duration
}

export function toInstant(value: Big): Instant {
  return instantOf(Number(value))
}
