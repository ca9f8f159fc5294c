import { equalInConstantTime } from '../../foundation/bytes.ts'
import type { Instant } from '../../foundation/time.ts'
import type { Ending, EndReason, SessionRecord, SessionRef } from '../../model/session.ts'
import { createdEvent, type NewSessionEvent } from '../../model/session-event.ts'
import type { SessionId } from '../../model/session-token.ts'
import type {
  Completion,
  IdempotencyClaim,
  InsertOutcome,
  InsertPlan,
  SessionLimit,
} from '../../ports/session-store.ts'
import type { Connection, Values } from './connection.ts'
import { latestCutOff } from './cut-off-condition.ts'
import { cutOffOf } from './cut-off-store.ts'
import { endWhere, onDevice } from './end-sessions.ts'
import { appendEvents } from './event-log.ts'
import { addFacetSet } from './facet-sets.ts'
import { boundsValues, liveCondition } from './live-condition.ts'
import { insertRow, type SessionRow, toInsertValues, toRecord } from './row.ts'
import { seeDevice } from './see-device.ts'
import { addToCounter } from './session-counters.ts'
import { isPendingCondition } from './session-terms.ts'

/** Inside a change. */
export function insertSession(
  connection: Connection,
  record: SessionRecord,
  plan: InsertPlan,
): InsertOutcome {
  const earlier = plan.idempotency && earlierOutcome(connection, plan.idempotency)
  if (earlier) return earlier
  const notBefore = cutOffOf(connection, record)
  if (notBefore !== null && record.createdAt <= notBefore) return { kind: 'cut-off', notBefore }
  if (plan.completes && !isPending(connection, record, plan.completes)) return { kind: 'not-pending' }
  const excess = plan.limit ? beyondLimit(connection, record, plan, plan.limit) : []
  if (excess.length > 0 && plan.limit?.atLimit === 'reject') return { kind: 'limit-reached' }
  insertRecord(connection, record)
  addToCounter(connection, 'created', 1)
  if (record.endReason !== null) addToCounter(connection, record.endReason, 1)
  if (plan.idempotency) claim(connection, plan.idempotency, record)
  appendEvents(connection, [createdEventOf(record, plan)])
  if (plan.device) seeDevice(connection, plan.device, plan)
  const replaced = endWhatGivesWay(connection, record, plan)
  return { kind: 'inserted', replaced: [...replaced, ...endBeyondLimit(connection, record, plan, excess)] }
}

function createdEventOf(
  record: SessionRecord,
  { actor, request, completes, sighting }: InsertPlan,
): NewSessionEvent {
  return createdEvent(record, actor, request, completes?.id ?? null, sighting)
}

function insertRecord(connection: Connection, record: SessionRecord): void {
  const values = toInsertValues(record)
  if (connection.run(insertRow, values) > 0) return
  addFacetSet(connection, record)
  connection.run(insertRow, values)
}

/** Whether it is there to be completed. */
function isPending(
  connection: Connection,
  { shard, userId }: SessionRecord,
  { id, bounds }: Completion,
): boolean {
  const found = connection.get(
    `SELECT 1 FROM user_sessions WHERE id = :id AND shard = :shard AND user_id = :userId
       AND ${isPendingCondition} AND ${liveCondition}`,
    { ...boundsValues(bounds), id, shard, userId },
  )
  return found !== undefined
}

/** Not the session itself, and none of another user. */
function endWhatGivesWay(
  connection: Connection,
  record: SessionRecord,
  plan: InsertPlan,
): readonly SessionRef[] {
  const { replaces, completes, device } = plan
  const ending = endingOf(record, plan, 'replaced')
  const own = ownOf(record)
  const ended: SessionRef[] = []
  for (const named of [replaces, completes?.id ?? null]) {
    if (named === null) continue
    const condition = 'id = :named AND shard = :shard AND user_id = :userId AND id <> :id'
    ended.push(...endWhere(connection, condition, { ...own, named }, ending))
  }
  if (device?.sessions === 'end-earlier') {
    const values = { ...own, deviceId: device.record.id }
    ended.push(...endWhere(connection, `${onDevice} AND id <> :id`, values, ending))
  }
  return ended
}

function endingOf(record: SessionRecord, { actor, request }: InsertPlan, reason: EndReason): Ending {
  return { at: record.createdAt, reason, by: actor, request }
}

/** How many too many there would be with the new one, those that are to go first. */
function beyondLimit(
  connection: Connection,
  record: SessionRecord,
  { replaces, device }: InsertPlan,
  { most, atLimit, bounds }: SessionLimit,
): readonly SessionId[] {
  const rank = atLimit === 'end-least-recent' ? 'coalesce(last_accessed, created_at)' : 'created_at'
  const live = connection.all<{ id: SessionId }>(
    `SELECT id FROM user_sessions INDEXED BY user_sessions_by_user
     WHERE user_id = :userId AND shard = :shard AND ${liveCondition} AND NOT ${isPendingCondition}
       AND id <> :id AND id IS NOT :replaces AND (:endingDevice IS NULL OR device_id IS NOT :endingDevice)
     ORDER BY ${rank}, id`,
    {
      ...boundsValues(bounds),
      ...ownOf(record),
      replaces,
      endingDevice: device?.sessions === 'end-earlier' ? device.record.id : null,
    },
  )
  return live.slice(0, Math.max(0, live.length + 1 - most)).map(({ id }) => id)
}

function endBeyondLimit(
  connection: Connection,
  record: SessionRecord,
  plan: InsertPlan,
  ids: readonly SessionId[],
): readonly SessionRef[] {
  if (ids.length === 0) return []
  const condition = 'user_id = :userId AND shard = :shard AND +id IN (SELECT value FROM json_each(:ids))'
  const values = { ...ownOf(record), ids: JSON.stringify(ids) }
  return endWhere(connection, condition, values, endingOf(record, plan, 'session-limit'))
}

function ownOf({ id, shard, userId }: SessionRecord): Values {
  return { id, shard, userId }
}

type ClaimRow = { request_hash: Uint8Array; claimed_at: Instant } & SessionRow

function earlierOutcome(connection: Connection, claimed: IdempotencyClaim): InsertOutcome | null {
  const earlier = connection.get<ClaimRow>(
    `SELECT session_claims.request_hash, session_claims.claimed_at, user_sessions.*,
       ${latestCutOff} AS not_before
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
