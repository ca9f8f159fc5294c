import type { DeviceId, DeviceRecord } from '../../model/device.ts'
import { parseFingerprints } from '../../model/fingerprint.ts'
import { fromDevice, fromResemblance, orNull, toDevice, toResemblance } from './json-columns.ts'
import { type Big, toInstant } from './row.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

/** A row of `user_devices`. */
export interface DeviceRow {
  readonly id: DeviceId
  readonly user_id: string
  readonly shard: number
  readonly version: number
  readonly name: string | null
  readonly device_info: unknown
  readonly first_seen_at: Big
  readonly last_seen_at: Big
  readonly trusted_until: Big | null
  /** A JSON array, or sealed text; null: there are none. */
  readonly fingerprints: string | null
  readonly fingerprinted_at: Big | null
  readonly resembles: unknown
}

/** The columns that a device fills, with their types: a batch comes as one array for each. */
export const deviceColumnTypes: Readonly<Record<keyof DeviceRow, string>> = {
  id: 'text',
  user_id: 'text',
  shard: 'smallint',
  version: 'integer',
  name: 'text',
  device_info: 'jsonb',
  first_seen_at: 'bigint',
  last_seen_at: 'bigint',
  trusted_until: 'bigint',
  fingerprints: 'text',
  fingerprinted_at: 'bigint',
  resembles: 'jsonb',
}

export const deviceColumns: string = Object.keys(deviceColumnTypes).join(', ')

export function toDeviceRecord(row: DeviceRow): DeviceRecord {
  return {
    id: row.id,
    shard: row.shard,
    userId: fromStoredText(row.user_id),
    version: row.version,
    name: orNull(row.name, fromStoredText),
    deviceInfo: toDevice(row.device_info),
    firstSeenAt: toInstant(row.first_seen_at),
    lastSeenAt: toInstant(row.last_seen_at),
    trustedUntil: orNull(row.trusted_until, toInstant),
    fingerprints: toFingerprints(row.fingerprints),
    fingerprintedAt: orNull(row.fingerprinted_at, toInstant),
    resembles: orNull(row.resembles, toResemblance),
  }
}

export function toDeviceValues(record: DeviceRecord): Record<keyof DeviceRow, unknown> {
  return {
    id: record.id,
    user_id: toStoredText(record.userId),
    shard: record.shard,
    version: record.version,
    name: orNull(record.name, toStoredText),
    device_info: fromDevice(record.deviceInfo),
    first_seen_at: record.firstSeenAt,
    last_seen_at: record.lastSeenAt,
    trusted_until: record.trustedUntil,
    fingerprints: fromFingerprints(record.fingerprints),
    fingerprinted_at: record.fingerprintedAt,
    resembles: orNull(record.resembles, fromResemblance),
  }
}

/** A text is stored as it is: what is sealed is nothing that a store could read. */
function fromFingerprints(fingerprints: DeviceRecord['fingerprints']): string | null {
  if (typeof fingerprints === 'string') return toStoredText(fingerprints)
  return fingerprints.length === 0 ? null : JSON.stringify(fingerprints)
}

/** Sealed text begins with the id of a key, an array with a bracket. */
function toFingerprints(stored: string | null): DeviceRecord['fingerprints'] {
  if (stored === null) return []
  return stored.startsWith('[') ? parseFingerprints(stored) : fromStoredText(stored)
}
