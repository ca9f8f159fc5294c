import { equalInConstantTime } from '../../foundation/bytes.ts'
import { LatchkeyError } from '../../foundation/errors.ts'
import type { SessionRecord } from '../../model/session.ts'
import { createdEvent } from '../../model/session-event.ts'
import type { IdempotencyClaim, InsertOutcome, InsertPlan } from '../../ports/session-store.ts'
import { endSessions } from './end-sessions.ts'
import { appendEvents, type Records } from './records.ts'

export function insertSession(records: Records, record: SessionRecord, plan: InsertPlan): InsertOutcome {
  const earlier = plan.idempotency && earlierOutcome(records, plan.idempotency)
  if (earlier) return earlier
  if (records.sessions.has(record.id)) {
    throw new LatchkeyError('storage-failed', 'A session with this id exists already.')
  }
  add(records, record)
  if (plan.idempotency) claim(records, plan.idempotency, record)
  appendEvents(records, [createdEvent(record, plan.actor)])
  const giving = plan.replaces === null ? undefined : records.sessions.get(plan.replaces)
  const isTheirs = giving && giving.id !== record.id && giving.userId === record.userId
  const replaced = isTheirs
    ? endSessions(records, [giving], { at: record.createdAt, reason: 'replaced', by: plan.actor })
    : []
  return { kind: 'inserted', replaced }
}

function earlierOutcome(records: Records, claimed: IdempotencyClaim): InsertOutcome | null {
  const earlier = records.claims.get(keyOf(claimed))
  if (!earlier || earlier.claimedAt < claimed.forgetBefore) return null
  const record = records.sessions.get(earlier.sessionId)
  if (!record || !equalInConstantTime(earlier.requestHash, claimed.requestHash)) return { kind: 'conflict' }
  return { kind: 'repeated', record }
}

function add(records: Records, record: SessionRecord): void {
  records.sessions.set(record.id, record)
  const ids = records.idsByUser.get(record.userId) ?? new Set()
  records.idsByUser.set(record.userId, ids.add(record.id))
  records.created += 1
  if (record.endReason !== null) records.ended[record.endReason] += 1
}

function claim(records: Records, claimed: IdempotencyClaim, record: SessionRecord): void {
  records.claims.set(keyOf(claimed), {
    requestHash: claimed.requestHash,
    sessionId: record.id,
    claimedAt: record.createdAt,
  })
}

function keyOf(claimed: IdempotencyClaim): string {
  return Buffer.from(claimed.keyHash).toString('hex')
}
