import { equalInConstantTime } from '../foundation/bytes.ts'
import type { Instant } from '../foundation/time.ts'
import type { DeviceTrust, Session, SessionRecord } from '../model/session.ts'
import { formatToken, hashSecret, newSecret, newSessionId, shardOfUser } from '../model/session-token.ts'
import { deadlineAtSignIn } from '../rules/absolute-lifetime.ts'
import { limitAtSignIn } from '../rules/concurrent-sessions.ts'
import { idleTimeoutToKeep } from '../rules/idle-timeout.ts'
import { keptAddress } from '../rules/ip-privacy.ts'
import { lifetimeWhilePending } from '../rules/pending-session.ts'
import { type TermsInForce, termsFor } from '../rules/session-terms.ts'
import { sessionView } from '../rules/session-view.ts'
import { addSession, idempotencyConflict, refusalOf } from './add-session.ts'
import { checkRequestId } from './check-argument.ts'
import {
  checkDeviceTokens,
  type DeviceOfBrowser,
  deviceOf,
  devicePlan,
  otherUsersOf,
  type SignedInDevice,
  signedIn,
} from './device-of-browser.ts'
import { idempotencyOf } from './idempotency.ts'
import { type CheckedRequest, checkRequest, type NewSession } from './new-session.ts'
import { locate } from './place-of-address.ts'
import { senseDevice } from './session-device.ts'
import { sightingOf } from './sighting-of.ts'
import { afterCutOffs, type OvertakenSignIn } from './sign-in-moment.ts'
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
  const requestId = checkRequestId(request.request)
  return afterCutOffs(wiring, (now) => signIn(wiring, { ...checked, deviceTokens, requestId }, now))
}

interface SignIn extends CheckedRequest {
  readonly deviceTokens: ReturnType<typeof checkDeviceTokens>
  readonly requestId: string | null
}

async function signIn(
  wiring: Wiring,
  { deviceTokens, requestId, ...checked }: SignIn,
  now: Instant,
): Promise<CreatedSession | OvertakenSignIn> {
  const idempotency =
    checked.idempotencyKey === null
      ? null
      : idempotencyOf(wiring.idempotencySecretKey, checked.idempotencyKey, checked, now)
  const device = await deviceOf(wiring, checked.userId, deviceTokens, now)
  const id = newSessionId(checked.userId)
  const secret = idempotency === null ? newSecret() : idempotency.secretOf(id)
  const facts = { ...checked, deviceTrust: device === null ? 'untrusted' : device.trust } as const
  const terms = termsFor(wiring.policy, facts)
  const place = await placeAmongOthers(wiring, checked)
  const keys = { id, secretHash: hashSecret(secret), succeeds: place.succeeds }
  const record = newRecord(wiring, facts, terms, device, keys, now)

  const outcome = await addSession(wiring, record, {
    actor: checked.actor,
    request: requestId,
    sighting: sightingOf(record, otherUsersOf(wiring, record.userId, deviceTokens)),
    limit: checked.stage === 'pending' ? null : limitAtSignIn(wiring.policy, terms, now),
    completes: null,
    replaces: place.replaces,
    device: device === null ? null : devicePlan(wiring.policy, device, record),
    idempotency: idempotency === null ? null : idempotency.claim,
  })
  if (outcome.kind === 'cut-off') return outcome
  if (outcome.kind !== 'inserted' && outcome.kind !== 'repeated') throw refusalOf(outcome)
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
  throw idempotencyConflict('came before, and the session that it made has another token by now')
}

/**
 * Whoever knows but a password ends nothing with it: what a pending session is to replace ends when it is completed. One
 * that is pending itself gives way at once, as its completion would be another session, and leaves what it was to replace.
 */
async function placeAmongOthers(
  { storage }: Wiring,
  { stage, replaces, userId }: CheckedRequest,
): Promise<Pick<SessionRecord, 'succeeds'> & Pick<CheckedRequest, 'replaces'>> {
  if (stage === 'complete' || replaces === null) return { replaces, succeeds: null }
  const earlier = await storage.sessions.find(replaces)
  if (earlier === null || earlier.userId !== userId) return { replaces: null, succeeds: null }
  return earlier.stage === 'pending'
    ? { replaces, succeeds: earlier.succeeds }
    : { replaces: null, succeeds: replaces }
}

const untouched = {
  challengedAt: null,
  rotation: null,
  notBefore: null,
  invalidatedAt: null,
  endReason: null,
  endedBy: null,
} as const

type CheckedFacts = CheckedRequest & { readonly deviceTrust: DeviceTrust }

function newRecord(
  wiring: Wiring,
  { userId, device: stated, facts, lifetime: asked, amr, roles, stage, deviceTrust }: CheckedFacts,
  terms: TermsInForce,
  device: DeviceOfBrowser | null,
  keys: Pick<SessionRecord, 'id' | 'secretHash' | 'succeeds'>,
  now: Instant,
): SessionRecord {
  const lifetime = stage === 'pending' ? lifetimeWhilePending(asked) : asked
  const place = locate(wiring, facts.ipAddress)
  const address = keptAddress(facts.ipAddress, wiring.policy.addressPrivacy)
  return {
    ...keys,
    shard: shardOfUser(userId),
    userId,
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
    ...untouched,
    deviceInfo: senseDevice(wiring, facts, place, stated),
    deviceId: device === null ? null : device.id,
    place,
    ipAddress: address,
    addressKey: address,
    rangeKey: keptAddress(address, 'truncated'),
    userAgent: facts.userAgent,
  }
}
