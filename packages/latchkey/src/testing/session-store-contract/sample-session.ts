import { networkOfAddress } from '../../foundation/address-network.ts'
import { randomBase32, sha256 } from '../../foundation/bytes.ts'
import { after, type Duration, days, hours, type Instant, instantOf } from '../../foundation/time.ts'
import type { AuditLink } from '../../model/audit-link.ts'
import type { CutOff, CutOffScope } from '../../model/cut-off.ts'
import { type DeviceRecord, newDeviceId } from '../../model/device.ts'
import type { DeviceInfo } from '../../model/device-info.ts'
import type { Place } from '../../model/place.ts'
import type { ChangeOrigin, Ending, SessionRecord } from '../../model/session.ts'
import type {
  EventFilter,
  NewSessionEvent,
  RenewalCause,
  Replacing,
  SessionEvent,
} from '../../model/session-event.ts'
import { everySession, type LivenessBounds, type SessionQuery } from '../../model/session-filter.ts'
import { newSessionId, shardOfUser } from '../../model/session-token.ts'
import type { Sighting } from '../../model/sighting.ts'
import type { StoredDataKey } from '../../ports/data-key-store.ts'
import type { DeviceChange } from '../../ports/device-store.ts'
import type { StatisticsWindow } from '../../ports/session-statistics.ts'
import type { DevicePlan, IdempotencyClaim, InsertPlan, SessionLimit } from '../../ports/session-store.ts'

/** 2026-03-01T12:00:00Z: the moment at which the cases take place. */
export const noon: Instant = instantOf(Date.UTC(2026, 2, 1, 12))

export function hoursAfterNoon(count: number): Instant {
  return after(noon, hours(count))
}

/** What lives at that moment under a lifetime of 30 days and an idle timeout of 7. */
export function boundsAt(
  now: Instant,
  lifetime: Duration = days(30),
  idle: Duration | null = days(7),
): LivenessBounds {
  return {
    expiresAfter: now,
    createdAfter: instantOf(now - lifetime),
    activeAfter: idle === null ? null : instantOf(now - idle),
    idleSince: now,
  }
}

const firefox: DeviceInfo = {
  type: 'desktop',
  browser: 'Firefox',
  browserVersion: '140',
  engine: 'Gecko',
  os: 'Linux',
  osVersion: null,
  brand: 'Example "Makers"',
  model: 'X-1',
  location: 'Oslo, Norway',
}

export const oslo: Place = {
  country: 'NO',
  region: 'Oslo',
  city: 'Oslo',
  latitude: 59.9127,
  longitude: -10.7461,
  accuracyRadius: 20,
  network: { asn: 64_496, name: 'Example "Net"', kind: 'isp' },
}

/** Its `addressKey` is its address and its `rangeKey` the network of it, as they are where addresses are not sealed. */
export function sampleSession(userId: string, changes: Partial<SessionRecord> = {}): SessionRecord {
  const createdAt = changes.createdAt ?? noon
  const ipAddress = changes.ipAddress === undefined ? '192.0.2.10' : changes.ipAddress
  return {
    id: newSessionId(userId),
    shard: shardOfUser(userId),
    userId,
    secretHash: Uint8Array.from(sha256(userId)),
    version: 1,
    createdAt,
    lastAccessedAt: null,
    expiresAt: after(createdAt, days(30)),
    lifetime: null,
    idleTimeout: null,
    authenticatedAt: createdAt,
    amr: ['pwd'],
    roles: [],
    deviceTrust: 'untrusted',
    stage: 'complete',
    succeeds: null,
    challengedAt: null,
    rotation: null,
    notBefore: null,
    invalidatedAt: null,
    endReason: null,
    endedBy: null,
    deviceInfo: firefox,
    deviceId: null,
    place: null,
    ipAddress,
    addressKey: ipAddress,
    rangeKey: ipAddress && networkOfAddress(ipAddress),
    userAgent: 'Example/1.0',
    ...changes,
  }
}

export function sampleDevice(userId: string, changes: Partial<DeviceRecord> = {}): DeviceRecord {
  const firstSeenAt = changes.firstSeenAt ?? noon
  return {
    id: newDeviceId(userId),
    shard: shardOfUser(userId),
    userId,
    version: 1,
    name: null,
    deviceInfo: firefox,
    firstSeenAt,
    lastSeenAt: firstSeenAt,
    trustedUntil: null,
    fingerprints: [],
    fingerprintedAt: null,
    resembles: null,
    ...changes,
  }
}

export function sampleDataKey(changes: Partial<StoredDataKey> = {}): StoredDataKey {
  return {
    id: randomBase32(8),
    table: 'user_sessions',
    wrapped: Uint8Array.from(sha256('wrapped')),
    createdAt: noon,
    ...changes,
  }
}

/** Another user of the same shard, whom only the user id tells apart. */
export function neighbourOf(userId: string): string {
  let number = 1
  while (shardOfUser(`${number}`) !== shardOfUser(userId)) number += 1
  return `${number}`
}

/** A session of the device's user on it. */
export function sessionOn(device: DeviceRecord, changes: Partial<SessionRecord> = {}): SessionRecord {
  return sampleSession(device.userId, { deviceId: device.id, ...changes })
}

export const plainly: InsertPlan = {
  actor: 'user:ada',
  request: null,
  sighting: null,
  limit: null,
  completes: null,
  replaces: null,
  device: null,
  idempotency: null,
}

/** On a device that may be on record or not. */
export function onDevice(record: DeviceRecord, sessions: DevicePlan['sessions'] = 'end-earlier'): InsertPlan {
  return { ...plainly, device: { record, knowledge: 'known', sessions } }
}

/** On one whose id nobody has had. */
export function onNewDevice(
  record: DeviceRecord,
  sessions: DevicePlan['sessions'] = 'end-earlier',
): InsertPlan {
  return { ...plainly, device: { record, knowledge: 'new', sessions } }
}

export function replacing(record: SessionRecord): InsertPlan {
  return { ...plainly, replaces: record.id }
}

export function claiming(
  key: string,
  request: string,
  forgetBefore: Instant = hoursAfterNoon(-24),
): InsertPlan {
  const idempotency: IdempotencyClaim = {
    keyHash: sha256(key),
    requestHash: sha256(request),
    forgetBefore,
  }
  return { ...plainly, idempotency }
}

export function revokedAt(at: Instant): Ending {
  return { at, reason: 'revoked', by: 'admin:root', request: null }
}

/** By user `ada`, in no request. */
export function changedAt(at: Instant, changes: Partial<ChangeOrigin> = {}): ChangeOrigin {
  return { at, by: 'user:ada', request: null, ...changes }
}

export function deviceChangedAt(at: Instant): DeviceChange {
  return { ...changedAt(at), before: null, after: null }
}

export function renewedAt(at: Instant, cause: RenewalCause = 'reauthentication'): Replacing {
  return { ...changedAt(at), cause }
}

/** Stands for the keyed hash of an event: different for each, and of 32 bytes. */
export function digestOf(event: SessionEvent): Uint8Array {
  return Uint8Array.from(sha256(JSON.stringify(event)))
}

export function everyEvent(changes: Partial<EventFilter> = {}): EventFilter {
  const anyone = { userId: null, sessionId: null, actor: null, request: null } as const
  return { ...anyone, types: [], from: null, until: null, ...changes }
}

export function cutOffAt(scope: CutOffScope, notBefore: Instant, changes: Partial<CutOff> = {}): CutOff {
  return { scope, notBefore, setAt: noon, by: 'admin:root', note: null, ...changes }
}

/** Of the pending session, by the bounds of noon. */
export function completing(pending: SessionRecord, bounds: LivenessBounds = boundsAt(noon)): InsertPlan {
  return { ...plainly, completes: { id: pending.id, bounds } }
}

/** Of user `ada`, at most so many, by the bounds of noon. */
export function limitedTo(
  most: number,
  atLimit: SessionLimit['atLimit'],
  bounds: LivenessBounds = boundsAt(noon),
): InsertPlan {
  return { ...plainly, limit: { most, atLimit, bounds } }
}

export function queryAt(now: Instant, filter: Partial<SessionQuery> = {}): SessionQuery {
  return { ...everySession, bounds: boundsAt(now), ...filter }
}

export function windowAt(now: Instant): StatisticsWindow {
  return {
    bounds: boundsAt(now),
    recentSince: instantOf(now - days(30)),
    dailySince: instantOf(now - days(30)),
  }
}

/** All that an event can say besides its type, its instant and its actor, unsaid. */
export const saysNothing = {
  sessionId: null,
  deviceId: null,
  userId: null,
  request: null,
  before: null,
  after: null,
  reason: null,
  device: null,
  facts: null,
} as const

/** What the event of its ending says of the session, besides that of its ending: of one that lasted so long. */
export function toldOfEnded(
  { createdAt, deviceInfo, place, amr }: SessionRecord,
  duration: number,
): Pick<NewSessionEvent, 'device' | 'facts'> {
  const { type, browser, os } = deviceInfo
  const ended = { createdAt, duration, country: place?.country ?? null, amr }
  return { device: { type, browser, os }, facts: { sighting: null, before: null, ended } }
}

export function sampleSighting(changes: Partial<Sighting> = {}): Sighting {
  const { type, browser, browserVersion, os, osVersion } = firefox
  const device = { type, browser, browserVersion, os, osVersion }
  return { client: 'browser', device, place: oslo, amr: ['pwd'], otherUsers: 0, ...changes }
}

/** What an event says, without its place in the log. */
export function unplaced({ position: _, digest: __, ...event }: SessionEvent): NewSessionEvent {
  return event
}

/** A link of the chain that holds one event. */
export function linkTo(position: number, at: Instant = noon): AuditLink {
  return { first: position, last: position, count: 1, digest: Uint8Array.from(sha256(`${position}`)), at }
}
