import type { Instant } from '../foundation/time.ts'
import type { DeviceInfo } from './device-info.ts'
import type { Actor, Ending, EndReason, SessionRecord, SessionRef } from './session.ts'
import type { SessionId } from './session-token.ts'

/** What can happen to a session. `session.renewed`: it was given a new token. */
export const sessionEventTypes = ['session.created', 'session.ended', 'session.renewed'] as const

/** One of {@link sessionEventTypes}. */
export type SessionEventType = (typeof sessionEventTypes)[number]

/** What happened to a session, written in the transaction that made it happen. Carries no address, no secret. */
export interface NewSessionEvent {
  readonly type: SessionEventType
  readonly at: Instant
  readonly sessionId: SessionId
  readonly userId: string
  readonly actor: Actor
  /** Set on `session.ended`, null otherwise. */
  readonly reason: EndReason | null
  /** Set on `session.created`, null otherwise. */
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
    userId: record.userId,
    actor,
    reason: null,
    device: null,
  }
}
