import { finalChange } from '../cache/coherence.ts'
import { equalInConstantTime } from '../foundation/bytes.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import type { Instant } from '../foundation/time.ts'
import type { Session, SessionRecord } from '../model/session.ts'
import type { SessionSelection } from '../model/session-filter.ts'
import {
  formatToken,
  hashSecret,
  newSecret,
  newSessionId,
  type SessionId,
  shardOfUser,
} from '../model/session-token.ts'
import type { InsertOutcome, InsertPlan } from '../ports/session-store.ts'
import { deadlineAtSignIn } from '../rules/absolute-lifetime.ts'
import { keptAddress } from '../rules/ip-privacy.ts'
import { sessionView } from '../rules/session-view.ts'
import {
  checkDeviceTokens,
  type DeviceOfBrowser,
  deviceOf,
  devicePlan,
  type SignedInDevice,
  signedIn,
} from './device-of-browser.ts'
import { idempotencyOf } from './idempotency.ts'
import { type CheckedRequest, checkRequest, type NewSession } from './new-session.ts'
import { locate } from './place-of-address.ts'
import { senseDevice } from './session-device.ts'
import type { Wiring } from './wiring.ts'

export type { SignedInDevice } from './device-of-browser.ts'
export type { NewSession } from './new-session.ts'

/** A session together with its token. */
export interface CreatedSession {
  readonly session: Session
  /** The only time that it can be had. */
  readonly token: string
  /** Null where the caller said nothing of `deviceTokens`, without the option `secret`, and where a session is renewed. */
  readonly device: SignedInDevice | null
}

export async function createSession(wiring: Wiring, request: NewSession): Promise<CreatedSession> {
  const checked = checkRequest(request)
  const deviceTokens = checkDeviceTokens(request.deviceTokens)
  const now = wiring.clock.now()
  const idempotency =
    checked.idempotencyKey === null
      ? null
      : idempotencyOf(wiring.idempotencySecretKey, checked.idempotencyKey, checked, now)
  const device = await deviceOf(wiring, checked.userId, deviceTokens)
  const id = newSessionId(checked.userId)
  const secret = idempotency === null ? newSecret() : idempotency.secretOf(id)
  const record = newRecord(wiring, checked, device, { id, secretHash: hashSecret(secret) }, now)

  const outcome = await insert(wiring, record, {
    actor: checked.actor,
    replaces: checked.replaces,
    device: device === null ? null : devicePlan(wiring.policy, device, record),
    idempotency: idempotency === null ? null : idempotency.claim,
  })
  if (outcome.kind === 'conflict') throw conflict('came before with another request')
  if (outcome.kind === 'inserted' || idempotency === null) return created(wiring, record, secret, device, now)
  return repeated(wiring, outcome.record, idempotency.secretOf(outcome.record.id), device, now)
}

function created(
  wiring: Wiring,
  record: SessionRecord,
  secret: Uint8Array,
  device: DeviceOfBrowser | null,
  now: Instant,
): CreatedSession {
  return {
    session: sessionView(wiring.activity.withNewestUse(record, null), wiring.policy, now),
    token: formatToken({ id: record.id, secret }),
    device: device === null ? null : signedIn(wiring, record, device),
  }
}

/** A session that was renewed since has another token: the one of the first answer is not handed out again. */
function repeated(
  wiring: Wiring,
  record: SessionRecord,
  secret: Uint8Array,
  device: DeviceOfBrowser | null,
  now: Instant,
): CreatedSession {
  const isSame = equalInConstantTime(hashSecret(secret), record.secretHash)
  if (isSame) return created(wiring, record, secret, device, now)
  throw conflict('came before, and the session that it made has another token by now')
}

function conflict(what: string): LatchkeyError {
  return new LatchkeyError('idempotency-conflict', `idempotencyKey: ${what}`, { field: 'idempotencyKey' })
}

/** What gives way is gone from every cache before the answer. */
async function insert(wiring: Wiring, record: SessionRecord, plan: InsertPlan): Promise<InsertOutcome> {
  const add = (): Promise<InsertOutcome> => wiring.storage.sessions.insert(record, plan)
  const selection = whatMayGiveWay(record.userId, plan)
  if (selection === null) return add()
  const { result } = await finalChange(wiring.coherence, selection, add)
  if (result.kind === 'inserted') for (const { id } of result.replaced) wiring.activity.forget(id)
  return result
}

/** Null: nothing does. Which sessions there are on a known device is for the store to find out. */
function whatMayGiveWay(userId: string, { replaces, device }: InsertPlan): SessionSelection | null {
  if (device?.knowledge === 'known' && device.sessions === 'end-earlier') {
    return { kind: 'user', userId, except: null }
  }
  return replaces === null ? null : { kind: 'session', id: replaces, userId }
}

function newRecord(
  wiring: Wiring,
  { userId, device: stated, facts, lifetime, amr }: CheckedRequest,
  device: DeviceOfBrowser | null,
  { id, secretHash }: { readonly id: SessionId; readonly secretHash: Uint8Array },
  now: Instant,
): SessionRecord {
  const place = locate(wiring, facts.ipAddress)
  const address = keptAddress(facts.ipAddress, wiring.policy.addressPrivacy)
  return {
    id,
    shard: shardOfUser(userId),
    userId,
    secretHash,
    version: 1,
    createdAt: now,
    lastAccessedAt: null,
    expiresAt: deadlineAtSignIn(now, lifetime, wiring.policy),
    lifetime,
    authenticatedAt: now,
    amr,
    invalidatedAt: null,
    endReason: null,
    endedBy: null,
    deviceInfo: senseDevice(wiring, facts, place, stated),
    deviceId: device === null ? null : device.id,
    place,
    ipAddress: address,
    addressKey: address,
    userAgent: facts.userAgent,
  }
}
