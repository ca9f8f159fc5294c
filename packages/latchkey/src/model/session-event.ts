import type { JsonObject } from '../foundation/json.ts'
import type { Instant } from '../foundation/time.ts'
import type { CutOff } from './cut-off.ts'
import type { DeviceId, DeviceRecord } from './device.ts'
import type { DeviceInfo } from './device-info.ts'
import type { Actor, ChangeOrigin, Ending, EndReason, SessionRecord, SessionRef } from './session.ts'
import type { SessionId } from './session-token.ts'
import type { EndedSession, Sighting } from './sighting.ts'

/**
 * What can happen. `session.created`: `after.completes` names the pending session whose place it takes, where its user gave the
 * factor that they owed. `session.renewed`: it was given a new token. `session.network-changed`: it was used from another
 * network than it was created in. `session.client-changed`: by another client. `session.challenged`: its user has to prove anew who they are.
 * `verifications.counted`: how many tokens a process was shown since it last said so, by outcome. `device.changed`: its name, its trust or what is known of it. `cut-off.set`,
 * `cut-off.lifted`: `after` says of whom. `user.forgotten`: somebody was erased, and it is not said who.
 * `sign-in.…`, `account.…`: to the program itself, and what it knows of those who may. `account.password-changed`:
 * `after.ended_sessions` says which sessions end with it (`all`, `others`, `none`). `request.refused`: `after.kind` says what was wrong with it: `cross-site`,
 * `two-credentials`, `planted-cookie`, `direct-reference`, `forbidden`. `rate-limit.exceeded`: once for each source and while.
 * `policy.changed`: a program started with another one than before. `audit.forgotten`: retention took events up to
 * `before.last`. `alert.…`, `mute.…`, `detector.set`: what was noticed, and what was made of it.
 * `bulk-ending.…`: sessions are ended by a filter. `event.erased`: an event of a user who was erased; nothing is left of it but its digest.
 */
export const sessionEventTypes = [
  'session.created',
  'session.ended',
  'session.renewed',
  'session.network-changed',
  'session.client-changed',
  'session.challenged',
  'verifications.counted',
  'device.added',
  'device.changed',
  'device.forgotten',
  'cut-off.set',
  'cut-off.lifted',
  'user.forgotten',
  'sign-in.succeeded',
  'sign-in.failed',
  'sign-in.throttled',
  'request.refused',
  'rate-limit.exceeded',
  'account.created',
  'account.password-changed',
  'account.password-change-failed',
  'api-key.created',
  'api-key.revoked',
  'policy.changed',
  'alert.opened',
  'alert.changed',
  'alert.answered',
  'mute.added',
  'mute.removed',
  'detector.set',
  'bulk-ending.started',
  'bulk-ending.finished',
  'audit.forgotten',
  'event.erased',
] as const

/** One of {@link sessionEventTypes}. */
export type SessionEventType = (typeof sessionEventTypes)[number]

/**
 * What happened, written in the transaction that made it happen; the log of them is the audit log. Carries no address,
 * no secret.
 */
export interface NewSessionEvent {
  readonly type: SessionEventType
  readonly at: Instant
  /** Null on events of devices. */
  readonly sessionId: SessionId | null
  /** Set on events of devices, and on `session.created` where the device is known; null otherwise. */
  readonly deviceId: DeviceId | null
  /** Whom it is about; null where that is nobody in particular. */
  readonly userId: string | null
  readonly actor: Actor
  /** The id of the request that asked for it; null where there was none. */
  readonly request: string | null
  /** What of it was there before the change; null where nothing is to be said of that. */
  readonly before: JsonObject | null
  /** What is there since; null where nothing is to be said of that. */
  readonly after: JsonObject | null
  /** Set on `session.ended`, null otherwise. */
  readonly reason: EndReason | null
  /** Set on `session.created`, `session.ended` and `device.added`, null otherwise. */
  readonly device: Pick<DeviceInfo, 'type' | 'browser' | 'os'> | null
  /** What reports and detectors are made of; null on most, and on all of earlier versions. */
  readonly facts: EventFacts | null
}

/** What an event keeps for whoever counts and compares; each field null where it has nothing to say. */
export interface EventFacts {
  /** Of `session.created`, and of what was seen when it `session.…-changed`. */
  readonly sighting: Sighting | null
  /** Of `session.…-changed`: as the session was created; of `session.client-changed` what its header alone says of that. */
  readonly before: Sighting | null
  /** Of `session.ended`. */
  readonly ended: EndedSession | null
}

/**
 * How a session gets a new token. `rotation`: it was time. `reauthentication`: its user proved again who they are.
 * `privilege-change`: what the user may do has changed. `confirmation`: none at all;
 * the token before is worth nothing from now on, since this one was used. That writes no event. `challenge`: none either; it
 * writes `session.challenged`.
 */
export type RenewalCause = 'rotation' | 'reauthentication' | 'privilege-change' | 'confirmation' | 'challenge'

/** How a record is replaced. */
export interface Replacing extends ChangeOrigin {
  readonly cause: RenewalCause
}

/** An event with its place in the log. */
export interface SessionEvent extends NewSessionEvent {
  /** Grows with each event of the storage; gaps are allowed, going back is not. */
  readonly position: number
  /** What the chain holds in the place of an event that was erased, 32 bytes; null on every other one. */
  readonly digest: Uint8Array | null
}

/** Which events a list is about. A condition that is null is no condition; all must hold. */
export interface EventFilter {
  readonly userId: string | null
  readonly sessionId: SessionId | null
  readonly actor: Actor | null
  /** The id of a request, or of a bulk ending. */
  readonly request: string | null
  /** Empty: of every type. */
  readonly types: readonly SessionEventType[]
  /** From that instant on. */
  readonly from: Instant | null
  /** Before that instant. */
  readonly until: Instant | null
}

const nothingMore = {
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

/** An event of which only what is named is to be said. */
export function plainEvent(
  event: Pick<NewSessionEvent, 'type' | 'at' | 'actor'> & Partial<NewSessionEvent>,
): NewSessionEvent {
  return { ...nothingMore, ...event }
}

/**
 * The event for a session that is being added; `after.completes` names the one that was pending until then, if any, and
 * `after.stage` says that this one is.
 */
export function createdEvent(
  record: SessionRecord,
  actor: Actor,
  request: string | null,
  completes: SessionId | null,
  sighting: Sighting | null,
): NewSessionEvent {
  const { type, browser, os } = record.deviceInfo
  return {
    ...nothingMore,
    type: 'session.created',
    at: record.createdAt,
    sessionId: record.id,
    deviceId: record.deviceId,
    userId: record.userId,
    actor,
    request,
    after: afterCreation(record, completes),
    device: { type, browser, os },
    facts: sighting === null ? null : { sighting, before: null, ended: null },
  }
}

function afterCreation({ stage }: SessionRecord, completes: SessionId | null): JsonObject | null {
  if (completes !== null) return { cause: 'factor', completes }
  return stage === 'pending' ? { stage } : null
}

/** The event for a session that is being ended. */
export function endedEvent(
  ref: SessionRef,
  ending: Ending,
  { device, ended }: Pick<NewSessionEvent, 'device'> & { readonly ended: EndedSession },
): NewSessionEvent {
  return {
    ...nothingMore,
    type: 'session.ended',
    at: ending.at,
    sessionId: ref.id,
    userId: ref.userId,
    actor: ending.by,
    request: ending.request,
    reason: ending.reason,
    device,
    facts: { sighting: null, before: null, ended },
  }
}

/** The event for a session that is being given a new token, or whose user is asked for a proof; `after.cause` says why. */
export function renewedEvent(record: SessionRecord, { at, by, request, cause }: Replacing): NewSessionEvent {
  return {
    ...nothingMore,
    type: cause === 'challenge' ? 'session.challenged' : 'session.renewed',
    at,
    sessionId: record.id,
    userId: record.userId,
    actor: by,
    request,
    after: { cause },
  }
}

/** The event for a device that is being added with its first session. */
export function deviceAddedEvent(
  record: DeviceRecord,
  actor: Actor,
  request: string | null,
): NewSessionEvent {
  const { type, browser, os } = record.deviceInfo
  const origin = { at: record.firstSeenAt, by: actor, request }
  return { ...deviceEvent('device.added', record, origin), device: { type, browser, os } }
}

/** The event for a device that is being changed or forgotten. */
export function deviceEvent(
  type: 'device.added' | 'device.changed' | 'device.forgotten',
  { id, userId }: Pick<DeviceRecord, 'id' | 'userId'>,
  { at, by, request }: ChangeOrigin,
  changed: Pick<NewSessionEvent, 'before' | 'after'> = nothingMore,
): NewSessionEvent {
  const { before, after } = changed
  return { ...nothingMore, type, at, deviceId: id, userId, actor: by, request, before, after }
}

/** The event for a cut-off that is being set or lifted; `before` is the `notBefore` that there was, null for none. */
export function cutOffEvent(
  type: 'cut-off.set' | 'cut-off.lifted',
  { scope, notBefore, note }: CutOff,
  before: Instant | null,
  { at, by, request }: ChangeOrigin,
): NewSessionEvent {
  return {
    ...nothingMore,
    type,
    at,
    deviceId: scope.kind === 'device' ? scope.deviceId : null,
    userId: scope.kind === 'everybody' ? null : scope.userId,
    actor: by,
    request,
    before: before === null ? null : { not_before: before },
    after: { scope: scope.kind, not_before: notBefore, note },
  }
}
