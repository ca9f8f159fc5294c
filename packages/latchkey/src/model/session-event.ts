import type { Instant } from '../foundation/time.ts'
import type { DeviceId, DeviceRecord } from './device.ts'
import type { DeviceInfo } from './device-info.ts'
import type { Actor, Ending, EndReason, SessionRecord, SessionRef } from './session.ts'
import type { SessionId } from './session-token.ts'

/**
 * What can happen. `session.renewed`: it was given a new token. `device.changed`: its name, its trust or what is
 * known of it.
 */
export const sessionEventTypes = [
  'session.created',
  'session.ended',
  'session.renewed',
  'device.added',
  'device.changed',
  'device.forgotten',
] as const

/** One of {@link sessionEventTypes}. */
export type SessionEventType = (typeof sessionEventTypes)[number]

/** What happened to a session or a device, written in the transaction that made it happen. Carries no address, no secret. */
export interface NewSessionEvent {
  readonly type: SessionEventType
  readonly at: Instant
  /** Null on events of devices. */
  readonly sessionId: SessionId | null
  /** Set on events of devices, and on `session.created` where the device is known; null otherwise. */
  readonly deviceId: DeviceId | null
  readonly userId: string
  readonly actor: Actor
  /** Set on `session.ended`, null otherwise. */
  readonly reason: EndReason | null
  /** Set on `session.created` and `device.added`, null otherwise. */
  readonly device: Pick<DeviceInfo, 'type' | 'browser' | 'os'> | null
}

/** An event with its place in the log. */
export interface SessionEvent extends NewSessionEvent {
  /** Grows with each event of the storage; gaps are allowed, going back is not. */
  readonly position: number
}

/** The event for a session that is being added. */
export function createdEvent(record: SessionRecord, actor: Actor): NewSessionEvent {
  const { type, browser, os } = record.deviceInfo
  return {
    type: 'session.created',
    at: record.createdAt,
    sessionId: record.id,
    deviceId: record.deviceId,
    userId: record.userId,
    actor,
    reason: null,
    device: { type, browser, os },
  }
}

/** The event for a session that is being ended. */
export function endedEvent(ref: SessionRef, ending: Ending): NewSessionEvent {
  return {
    type: 'session.ended',
    at: ending.at,
    sessionId: ref.id,
    deviceId: null,
    userId: ref.userId,
    actor: ending.by,
    reason: ending.reason,
    device: null,
  }
}

/** The event for a session that is being given a new token. */
export function renewedEvent(record: SessionRecord, at: Instant, actor: Actor): NewSessionEvent {
  return {
    type: 'session.renewed',
    at,
    sessionId: record.id,
    deviceId: null,
    userId: record.userId,
    actor,
    reason: null,
    device: null,
  }
}

/** The event for a device that is being added with its first session. */
export function deviceAddedEvent(record: DeviceRecord, actor: Actor): NewSessionEvent {
  const { type, browser, os } = record.deviceInfo
  return { ...deviceEvent('device.added', record, record.firstSeenAt, actor), device: { type, browser, os } }
}

/** The event for a device that is being changed or forgotten. */
export function deviceEvent(
  type: 'device.added' | 'device.changed' | 'device.forgotten',
  { id, userId }: Pick<DeviceRecord, 'id' | 'userId'>,
  at: Instant,
  actor: Actor,
): NewSessionEvent {
  return { type, at, sessionId: null, deviceId: id, userId, actor, reason: null, device: null }
}
