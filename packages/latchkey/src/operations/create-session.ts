import { finalChange } from '../cache/coherence.ts'
import { equalInConstantTime } from '../foundation/bytes.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import type { Instant } from '../foundation/time.ts'
import { forever } from '../model/cut-off.ts'
import type { DeviceTrust, Session, SessionRecord } from '../model/session.ts'
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
import { limitAtSignIn } from '../rules/concurrent-sessions.ts'
import { idleTimeoutToKeep } from '../rules/idle-timeout.ts'
import { keptAddress } from '../rules/ip-privacy.ts'
import { lifetimeWhilePending } from '../rules/pending-session.ts'
import { type TermsInForce, termsFor } from '../rules/session-terms.ts'
import { sessionView } from '../rules/session-view.ts'
import { checkRequestId } from './check-argument.ts'
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
  const requestId = checkRequestId(request.request)
  const device = await deviceOf(wiring, checked.userId, deviceTokens, now)
  const id = newSessionId(checked.userId)
  const secret = idempotency === null ? newSecret() : idempotency.secretOf(id)
  const facts = { ...checked, deviceTrust: device === null ? 'untrusted' : device.trust } as const
  const terms = termsFor(wiring.policy, facts)
  const record = newRecord(wiring, facts, terms, device, { id, secretHash: hashSecret(secret) }, now)

  const outcome = await insert(wiring, record, {
    actor: checked.actor,
    request: requestId,
    limit: limitAtSignIn(wiring.policy, terms, now),
    replaces: checked.replaces,
    device: device === null ? null : devicePlan(wiring.policy, device, record),
    idempotency: idempotency === null ? null : idempotency.claim,
  })
  if (outcome.kind !== 'inserted' && outcome.kind !== 'repeated') throw refusal(outcome)
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

function refusal(outcome: Exclude<InsertOutcome, { kind: 'inserted' | 'repeated' }>): LatchkeyError {
  switch (outcome.kind) {
    case 'conflict':
      return conflict('came before with another request')
    case 'limit-reached':
      return new LatchkeyError('session-limit-reached', 'the user has as many sessions as the policy allows')
    case 'cut-off':
      return outcome.notBefore >= forever
        ? new LatchkeyError('user-disabled', 'the user is disabled')
        : new LatchkeyError('storage-busy', 'the sessions of the user were being ended at this moment')
  }
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

/** Null: nothing does. Which sessions there are on a known device, or too many, is for the store to find out. */
function whatMayGiveWay(userId: string, { replaces, device, limit }: InsertPlan): SessionSelection | null {
  if (limit !== null && limit.atLimit !== 'reject') return { kind: 'user', userId, except: null }
  if (device?.knowledge === 'known' && device.sessions === 'end-earlier') {
    return { kind: 'user', userId, except: null }
  }
  return replaces === null ? null : { kind: 'session', id: replaces, userId }
}

type CheckedFacts = CheckedRequest & { readonly deviceTrust: DeviceTrust }

function newRecord(
  wiring: Wiring,
  { userId, device: stated, facts, lifetime: asked, amr, roles, stage, deviceTrust }: CheckedFacts,
  terms: TermsInForce,
  device: DeviceOfBrowser | null,
  { id, secretHash }: { readonly id: SessionId; readonly secretHash: Uint8Array },
  now: Instant,
): SessionRecord {
  const lifetime = stage === 'pending' ? lifetimeWhilePending(asked) : asked
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
    expiresAt: deadlineAtSignIn(now, lifetime, terms),
    lifetime,
    idleTimeout: idleTimeoutToKeep(terms),
    authenticatedAt: now,
    amr,
    roles,
    deviceTrust,
    stage,
    rotation: null,
    notBefore: null,
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
