import { parseJsonObject } from '../../foundation/json.ts'
import type { Instant } from '../../foundation/time.ts'
import { type DeviceId, type DeviceRecord, isDeviceId, type Resemblance } from '../../model/device.ts'
import { parseFingerprints } from '../../model/fingerprint.ts'
import type { Values } from './connection.ts'
import { fromDevice, toDevice } from './row.ts'

/** A row of `user_devices`. With `row.ts` the only place where a column meets a field. */
export interface DeviceRow {
  readonly id: DeviceId
  readonly user_id: string
  readonly device_info: string
  readonly first_seen_at: Instant
  readonly last_seen_at: Instant
  readonly name: string | null
  readonly trusted_until: Instant | null
  readonly fingerprints: string | null
  readonly fingerprinted_at: Instant | null
  readonly resembles: string | null
  readonly shard: number
  readonly version: number
}

export const deviceColumns: string =
  'id, user_id, device_info, first_seen_at, last_seen_at, name, trusted_until, fingerprints, ' +
  'fingerprinted_at, resembles, shard, version'

export function toDeviceRecord(row: DeviceRow): DeviceRecord {
  return {
    id: row.id,
    shard: row.shard,
    userId: row.user_id,
    version: row.version,
    name: row.name,
    deviceInfo: toDevice(row.device_info),
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    trustedUntil: row.trusted_until,
    fingerprints: toFingerprints(row.fingerprints),
    fingerprintedAt: row.fingerprinted_at,
    resembles: row.resembles === null ? null : toResemblance(row.resembles),
  }
}

export function toDeviceValues(record: DeviceRecord): Values {
  return {
    id: record.id,
    user_id: record.userId,
    device_info: fromDevice(record.deviceInfo),
    first_seen_at: record.firstSeenAt,
    last_seen_at: record.lastSeenAt,
    name: record.name,
    trusted_until: record.trustedUntil,
    fingerprints: fromFingerprints(record.fingerprints),
    fingerprinted_at: record.fingerprintedAt,
    resembles: record.resembles && fromResemblance(record.resembles),
    shard: record.shard,
    version: record.version,
  }
}

function fromFingerprints(fingerprints: DeviceRecord['fingerprints']): string | null {
  if (typeof fingerprints === 'string') return fingerprints
  return fingerprints.length === 0 ? null : JSON.stringify(fingerprints)
}

/** An array in JSON begins with a bracket, and nothing that is sealed does. */
function toFingerprints(text: string | null): DeviceRecord['fingerprints'] {
  if (text === null) return []
  return text.startsWith('[') ? parseFingerprints(text) : text
}

function fromResemblance({ deviceId, confidence }: Resemblance): string {
  return JSON.stringify({ device_id: deviceId, confidence })
}

function toResemblance(text: string): Resemblance | null {
  const { device_id: deviceId, confidence } = parseJsonObject(text) ?? {}
  return isDeviceId(deviceId) && typeof confidence === 'number' ? { deviceId, confidence } : null
}
