import { equalInConstantTime } from '../../foundation/bytes.ts'
import type { Instant } from '../../foundation/time.ts'
import type { Ending, SessionRecord, SessionRef } from '../../model/session.ts'
import { createdEvent } from '../../model/session-event.ts'
import type { IdempotencyClaim, InsertOutcome, InsertPlan } from '../../ports/session-store.ts'
import type { Connection } from './connection.ts'
import { endWhere, onDevice } from './end-sessions.ts'
import { appendEvents } from './event-log.ts'
import { type SessionRow, toRecord, toValues } from './row.ts'
import { seeDevice } from './see-device.ts'
import { addToCounter } from './session-counters.ts'

const insertRow = `INSERT INTO user_sessions (id, user_id, device_info, created_at, last_accessed, expires_at,
  invalidated_at, end_reason, ended_by, shard, secret_hash, version, lifetime, authenticated_at, amr,
  device_id, place, ip_address, address_key, user_agent)
VALUES (:id, :user_id, :device_info, :created_at, :last_accessed, :expires_at,
  :invalidated_at, :end_reason, :ended_by, :shard, :secret_hash, :version, :lifetime, :authenticated_at, :amr,
  :device_id, :place, :ip_address, :address_key, :user_agent)`

/** Inside a change. */
export function insertSession(
  connection: Connection,
  record: SessionRecord,
  plan: InsertPlan,
): InsertOutcome {
  const earlier = plan.idempotency && earlierOutcome(connection, plan.idempotency)
  if (earlier) return earlier
  connection.run(insertRow, toValues(record))
  addToCounter(connection, 'created', 1)
  if (record.endReason !== null) addToCounter(connection, record.endReason, 1)
  if (plan.idempotency) claim(connection, plan.idempotency, record)
  appendEvents(connection, [createdEvent(record, plan.actor)])
  if (plan.device) seeDevice(connection, plan.device, plan.actor)
  return { kind: 'inserted', replaced: endWhatGivesWay(connection, record, plan) }
}

/** Not the session itself, and none of another user. */
function endWhatGivesWay(
  connection: Connection,
  record: SessionRecord,
  plan: InsertPlan,
): readonly SessionRef[] {
  const { replaces, device } = plan
  const ending: Ending = { at: record.createdAt, reason: 'replaced', by: plan.actor }
  const own = { id: record.id, shard: record.shard, userId: record.userId }
  const ended: SessionRef[] = []
  if (replaces !== null) {
    const condition = 'id = :replaces AND shard = :shard AND user_id = :userId AND id <> :id'
    ended.push(...endWhere(connection, condition, { ...own, replaces }, ending))
  }
  if (device?.sessions === 'end-earlier') {
    const values = { ...own, deviceId: device.record.id }
    ended.push(...endWhere(connection, `${onDevice} AND id <> :id`, values, ending))
  }
  return ended
}

type ClaimRow = { request_hash: Uint8Array; claimed_at: Instant } & SessionRow

function earlierOutcome(connection: Connection, claimed: IdempotencyClaim): InsertOutcome | null {
  const earlier = connection.get<ClaimRow>(
    `SELECT session_claims.request_hash, session_claims.claimed_at, user_sessions.*
     FROM session_claims JOIN user_sessions
       ON user_sessions.id = session_claims.session_id AND user_sessions.shard = session_claims.shard
     WHERE key_hash = :keyHash`,
    { keyHash: claimed.keyHash },
  )
  if (!earlier || earlier.claimed_at < claimed.forgetBefore) return null
  if (!equalInConstantTime(earlier.request_hash, claimed.requestHash)) return { kind: 'conflict' }
  return { kind: 'repeated', record: toRecord(earlier) }
}

function claim(connection: Connection, claimed: IdempotencyClaim, record: SessionRecord): void {
  connection.run(
    `INSERT INTO session_claims (key_hash, request_hash, session_id, shard, claimed_at)
     VALUES (:keyHash, :requestHash, :sessionId, :shard, :claimedAt)
     ON CONFLICT (key_hash) DO UPDATE SET request_hash = excluded.request_hash,
       session_id = excluded.session_id, shard = excluded.shard, claimed_at = excluded.claimed_at`,
    {
      keyHash: claimed.keyHash,
      requestHash: claimed.requestHash,
      sessionId: record.id,
      shard: record.shard,
      claimedAt: record.createdAt,
    },
  )
}
