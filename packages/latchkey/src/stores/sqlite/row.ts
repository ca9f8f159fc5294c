import { type JsonObject, type JsonValue, parseJsonObject } from '../../foundation/json.ts'
import type { Duration, Instant } from '../../foundation/time.ts'
import type { DeviceId } from '../../model/device.ts'
import { type DeviceInfo, deviceTypes, unknownDevice } from '../../model/device-info.ts'
import { type Network, networkKinds, type Place } from '../../model/place.ts'
import type { EndReason, SessionRecord } from '../../model/session.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { Values, ValuesInOrder } from './connection.ts'
import { latestCutOff } from './cut-off-condition.ts'
import { facetsOf, isFacetSet } from './facet-sets.ts'
import { fromRotation, fromTerms, toRotation, toTerms } from './session-terms.ts'

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
  readonly device_id: DeviceId | null
  readonly place: string | null
  readonly ip_address: string | null
  readonly address_key: string | null
  readonly range_key: string | null
  readonly user_agent: string | null
  readonly terms: string
  readonly idle_limit: Duration | null
  readonly rotation: string | null
  /** Not a column of the table: the latest of the cut-offs that concern the session. */
  readonly not_before: Instant | null
}

const sessionColumns: string =
  'id, user_id, device_info, created_at, last_accessed, expires_at, invalidated_at, end_reason, ended_by, ' +
  'shard, secret_hash, version, lifetime, authenticated_at, amr, device_id, place, ip_address, address_key, ' +
  'range_key, user_agent, terms, idle_limit, rotation'

/** What a record is made of. */
export const readColumns: string = `${sessionColumns}, ${latestCutOff} AS not_before`

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
    idleTimeout: row.idle_limit,
    authenticatedAt: row.authenticated_at,
    amr: JSON.parse(row.amr) as readonly string[],
    ...toTerms(row.terms),
    rotation: row.rotation === null ? null : toRotation(row.rotation),
    notBefore: row.not_before,
    invalidatedAt: row.invalidated_at,
    endReason: row.end_reason,
    endedBy: row.ended_by,
    deviceInfo: toDevice(row.device_info),
    deviceId: row.device_id,
    place: row.place === null ? null : toPlace(row.place),
    ipAddress: row.ip_address,
    addressKey: row.address_key,
    rangeKey: row.range_key,
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
    device_id: record.deviceId,
    place: record.place && fromPlace(record.place),
    ip_address: record.ipAddress,
    address_key: record.addressKey,
    range_key: record.rangeKey,
    user_agent: record.userAgent,
    terms: fromTerms(record),
    idle_limit: record.idleTimeout,
    rotation: record.rotation && fromRotation(record.rotation),
  }
}

const columnNames = sessionColumns.split(', ')

/** A statement that adds one session, or none where its combination of facets is not on record yet: one look-up less than asking first. */
export const insertRow: string = `INSERT INTO user_sessions (${sessionColumns}, facet_set)
 SELECT ${columnNames.map(() => '?').join(', ')}, id FROM session_facet_sets WHERE ${isFacetSet}`

/** For its placeholders. */
export function toInsertValues(record: SessionRecord): ValuesInOrder {
  const values = toValues(record)
  return [...columnNames.map((name) => values[name] ?? null), ...facetsOf(record)]
}

/** JSON in `snake_case`, as on the wire, for those who look at the table with SQL. */
export function fromDevice(device: DeviceInfo): string {
  return JSON.stringify({
    type: device.type,
    browser: device.browser,
    browser_version: device.browserVersion,
    engine: device.engine,
    os: device.os,
    os_version: device.osVersion,
    brand: device.brand,
    model: device.model,
    location: device.location,
  })
}

export function toDevice(text: string): DeviceInfo {
  const device = parseJsonObject(text) ?? {}
  return {
    type: deviceTypes.find((type) => type === device.type) ?? 'unknown',
    browser: textOf(device.browser) ?? unknownDevice.browser,
    browserVersion: textOf(device.browser_version),
    engine: textOf(device.engine),
    os: textOf(device.os) ?? unknownDevice.os,
    osVersion: textOf(device.os_version),
    brand: textOf(device.brand),
    model: textOf(device.model),
    location: textOf(device.location),
  }
}

function fromPlace(place: Place): string {
  return JSON.stringify({
    country: place.country,
    region: place.region,
    city: place.city,
    latitude: place.latitude,
    longitude: place.longitude,
    accuracy_radius: place.accuracyRadius,
    network: place.network,
  })
}

export function toPlace(text: string): Place {
  const place = parseJsonObject(text) ?? {}
  return {
    country: textOf(place.country),
    region: textOf(place.region),
    city: textOf(place.city),
    latitude: numberOf(place.latitude),
    longitude: numberOf(place.longitude),
    accuracyRadius: numberOf(place.accuracy_radius),
    network: toNetwork(place.network),
  }
}

function toNetwork(value: JsonValue | undefined): Network | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const network = value as JsonObject
  return {
    asn: numberOf(network.asn),
    name: textOf(network.name),
    kind: networkKinds.find((kind) => kind === network.kind) ?? 'unknown',
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
