import { finalChange } from '../cache/coherence.ts'
import { equalInConstantTime } from '../foundation/bytes.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import type { Instant } from '../foundation/time.ts'
import type { Session, SessionRecord } from '../model/session.ts'
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
import { sessionView } from '../rules/session-view.ts'
import { idempotencyOf } from './idempotency.ts'
import { type CheckedRequest, checkRequest, type NewSession } from './new-session.ts'
import { senseDevice } from './session-device.ts'
import type { Wiring } from './wiring.ts'

export type { NewSession } from './new-session.ts'

/** A session together with its token. */
export interface CreatedSession {
  readonly session: Session
  /** The only time that it can be had. */
  readonly token: string
}

export async function createSession(wiring: Wiring, request: NewSession): Promise<CreatedSession> {
  const checked = checkRequest(request)
  const now = wiring.clock.now()
  const idempotency =
    checked.idempotencyKey === null
      ? null
      : idempotencyOf(wiring.idempotencySecretKey, checked.idempotencyKey, checked, now)
  const id = newSessionId(checked.userId)
  const secret = idempotency === null ? newSecret() : idempotency.secretOf(id)
  const record = newRecord(wiring, checked, id, hashSecret(secret), now)
  const claim = idempotency === null ? null : idempotency.claim

  const outcome = await insert(wiring, record, {
    actor: checked.actor,
    replaces: checked.replaces,
    idempotency: claim,
  })
  if (outcome.kind === 'conflict') throw conflict('came before with another request')
  if (outcome.kind === 'inserted' || idempotency === null) return created(wiring, record, secret, now)
  return repeated(wiring, outcome.record, idempotency.secretOf(outcome.record.id), now)
}

function created(wiring: Wiring, record: SessionRecord, secret: Uint8Array, now: Instant): CreatedSession {
  return {
    session: sessionView(wiring.activity.withNewestUse(record, null), wiring.policy, now),
    token: formatToken({ id: record.id, secret }),
  }
}

/** A session that was renewed since has another token: the one of the first answer is not handed out again. */
function repeated(wiring: Wiring, record: SessionRecord, secret: Uint8Array, now: Instant): CreatedSession {
  if (equalInConstantTime(hashSecret(secret), record.secretHash)) return created(wiring, record, secret, now)
  throw conflict('came before, and the session that it made has another token by now')
}

function conflict(what: string): LatchkeyError {
  return new LatchkeyError('idempotency-conflict', `idempotencyKey: ${what}`, { field: 'idempotencyKey' })
}

/** What gives way is gone from every cache before the answer. */
async function insert(wiring: Wiring, record: SessionRecord, plan: InsertPlan): Promise<InsertOutcome> {
  const add = (): Promise<InsertOutcome> => wiring.storage.sessions.insert(record, plan)
  if (plan.replaces === null) return add()
  const selection = { kind: 'session', id: plan.replaces, userId: record.userId } as const
  return (await finalChange(wiring.coherence, selection, add)).result
}

function newRecord(
  wiring: Wiring,
  { userId, device, facts, lifetime, amr }: CheckedRequest,
  id: SessionId,
  secretHash: Uint8Array,
  now: Instant,
): SessionRecord {
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
    deviceInfo: senseDevice(wiring, facts, device),
    ipAddress: facts.ipAddress,
    userAgent: facts.userAgent,
  }
}
