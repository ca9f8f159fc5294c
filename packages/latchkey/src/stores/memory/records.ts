import { LatchkeyError } from '../../foundation/errors.ts'
import type { Instant } from '../../foundation/time.ts'
import type { Alert, AlertId, DetectorSetting, Mute } from '../../model/alert.ts'
import type { AuditLink } from '../../model/audit-link.ts'
import type { BulkEnding, BulkEndingId } from '../../model/bulk-ending.ts'
import { type CutOff, cutOffSubject } from '../../model/cut-off.ts'
import type { DeviceId, DeviceRecord } from '../../model/device.ts'
import type { Rollup } from '../../model/rollup.ts'
import { type EndReason, endReasons, type SessionRecord } from '../../model/session.ts'
import type { NewSessionEvent, SessionEvent } from '../../model/session-event.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { UserHistory } from '../../model/user-history.ts'
import type { StoredDataKey } from '../../ports/data-key-store.ts'
import { type MemoryLiveFeed, memoryLiveFeed } from './live-feed.ts'

/** Everything that one memory storage holds. Its stores change it within one synchronous turn, which is what makes them atomic. */
export interface Records {
  state: 'new' | 'open' | 'closed'
  readonly sessions: Map<SessionId, SessionRecord>
  readonly idsByUser: Map<string, Set<SessionId>>
  readonly devices: Map<DeviceId, DeviceRecord>
  readonly deviceIdsByUser: Map<string, Set<DeviceId>>
  readonly dataKeys: Map<string, StoredDataKey>
  /** By the key's hash in hexadecimal. */
  readonly claims: Map<string, Claim>
  readonly events: SessionEvent[]
  /** In the order of the events that they hold. */
  readonly auditLinks: AuditLink[]
  /** By their subject. */
  readonly cutOffs: Map<string, CutOff>
  /** Of the newest event ever, forgotten or not. */
  lastPosition: number
  created: number
  readonly ended: Record<EndReason, number>
  readonly forgotten: Map<string, ForgottenSessions>
  readonly rolledUp: { position: number; since: Instant | null }
  /** By everything but their numbers. */
  readonly rollups: Map<string, Rollup>
  /** The `start` of the bucket in which each is counted. */
  readonly rollupMembers: Map<string, Instant>
  /** How far the detectors have come; null: they have never begun. */
  examined: number | null
  readonly histories: Map<string, UserHistory>
  readonly alerts: Map<AlertId, Alert>
  readonly detectorSettings: Map<string, DetectorSetting>
  readonly mutes: Map<string, Mute>
  readonly bulkEndings: Map<BulkEndingId, BulkEnding>
  readonly workClaims: Map<string, { readonly holder: string; readonly until: Instant }>
  readonly feed: MemoryLiveFeed
}

interface Claim {
  readonly requestHash: Uint8Array
  readonly sessionId: SessionId
  readonly claimedAt: Instant
}

/** What is still counted of a user's sessions after they have been forgotten. */
export interface ForgottenSessions {
  total: number
  durationSum: number
  durationLongest: number
  readonly ended: Record<EndReason, number>
  createdAt: Instant[]
  endedAt: Instant[]
}

export function noneEnded(): Record<EndReason, number> {
  return Object.fromEntries(endReasons.map((reason) => [reason, 0])) as Record<EndReason, number>
}

export function emptyRecords(): Records {
  return {
    state: 'new',
    sessions: new Map(),
    idsByUser: new Map(),
    devices: new Map(),
    deviceIdsByUser: new Map(),
    dataKeys: new Map(),
    claims: new Map(),
    events: [],
    auditLinks: [],
    cutOffs: new Map(),
    lastPosition: 0,
    created: 0,
    ended: noneEnded(),
    forgotten: new Map(),
    rolledUp: { position: 0, since: null },
    rollups: new Map(),
    rollupMembers: new Map(),
    examined: null,
    histories: new Map(),
    alerts: new Map(),
    detectorSettings: new Map(),
    mutes: new Map(),
    bulkEndings: new Map(),
    workClaims: new Map(),
    feed: memoryLiveFeed(),
  }
}

/** The records, or a rejection when the storage is not open. */
export function openRecords(records: Records): Records {
  if (records.state === 'open') return records
  throw new LatchkeyError('closed', `The storage is ${records.state === 'new' ? 'not open yet' : 'closed'}.`)
}

export function appendEvents(records: Records, events: readonly NewSessionEvent[]): void {
  for (const event of events) {
    records.lastPosition += 1
    records.events.push({ ...event, position: records.lastPosition, digest: null })
  }
  if (events.length > 0) records.feed.wakeAll()
}

/** The user's sessions, or everybody's when no user is named. */
export function sessionsOf(records: Records, userId: string | null): SessionRecord[] {
  if (userId === null) return [...records.sessions.values()]
  const found: SessionRecord[] = []
  for (const id of records.idsByUser.get(userId) ?? []) {
    const record = records.sessions.get(id)
    if (record) found.push(record)
  }
  return found
}

/** The latest of the cut-offs that concern the session, or would if it were older; null: none. */
export function notBeforeOf(
  { cutOffs }: Records,
  { userId, deviceId }: Pick<SessionRecord, 'userId' | 'deviceId'>,
): Instant | null {
  if (cutOffs.size === 0) return null
  const found = [
    cutOffs.get('*'),
    cutOffs.get(cutOffSubject({ kind: 'user', userId })),
    deviceId === null ? undefined : cutOffs.get(cutOffSubject({ kind: 'device', userId, deviceId })),
  ]
  return found.reduce<Instant | null>(
    (latest, cutOff) =>
      cutOff && (latest === null || cutOff.notBefore > latest) ? cutOff.notBefore : latest,
    null,
  )
}

/** The record as readers get it, with its cut-off. */
export function asRead(records: Records, record: SessionRecord): SessionRecord {
  const notBefore = notBeforeOf(records, record)
  return notBefore === record.notBefore ? record : { ...record, notBefore }
}

export function devicesOf(records: Records, userId: string): DeviceRecord[] {
  const found: DeviceRecord[] = []
  for (const id of records.deviceIdsByUser.get(userId) ?? []) {
    const device = records.devices.get(id)
    if (device) found.push(device)
  }
  return found
}

export function removeDevice(records: Records, { id, userId }: DeviceRecord): void {
  records.devices.delete(id)
  const ids = records.deviceIdsByUser.get(userId)
  ids?.delete(id)
  if (ids?.size === 0) records.deviceIdsByUser.delete(userId)
}
