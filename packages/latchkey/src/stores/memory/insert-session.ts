import { equalInConstantTime } from '../../foundation/bytes.ts'
import { LatchkeyError } from '../../foundation/errors.ts'
import { instantOf } from '../../foundation/time.ts'
import type { Ending, SessionRecord } from '../../model/session.ts'
import { createdEvent, deviceAddedEvent } from '../../model/session-event.ts'
import type {
  Completion,
  DevicePlan,
  IdempotencyClaim,
  InsertOutcome,
  InsertPlan,
  SessionLimit,
} from '../../ports/session-store.ts'
import { endSessions } from './end-sessions.ts'
import { appendEvents, asRead, notBeforeOf, type Records, sessionsOf } from './records.ts'
import { isLive } from './session-query.ts'

export function insertSession(records: Records, record: SessionRecord, plan: InsertPlan): InsertOutcome {
  const earlier = plan.idempotency && earlierOutcome(records, plan.idempotency)
  if (earlier) return earlier
  const notBefore = notBeforeOf(records, record)
  if (notBefore !== null && record.createdAt <= notBefore) return { kind: 'cut-off', notBefore }
  if (plan.completes && !isPending(records, record, plan.completes)) return { kind: 'not-pending' }
  const replaced = givingWay(records, record, plan)
  const excess = plan.limit ? beyondLimit(records, record, plan.limit, replaced) : []
  if (excess.length > 0 && plan.limit?.atLimit === 'reject') return { kind: 'limit-reached' }
  if (records.sessions.has(record.id)) {
    throw new LatchkeyError('storage-failed', 'A session with this id exists already.')
  }
  if (plan.device?.knowledge === 'new' && records.devices.has(plan.device.record.id)) {
    throw new LatchkeyError('storage-failed', 'A device with this id exists already.')
  }
  add(records, record)
  if (plan.idempotency) claim(records, plan.idempotency, record)
  appendEvents(records, [
    createdEvent(record, plan.actor, plan.request, plan.completes?.id ?? null, plan.sighting),
  ])
  if (plan.device) seeDevice(records, plan.device, plan)
  const ending: Ending = { at: record.createdAt, reason: 'replaced', by: plan.actor, request: plan.request }
  const ended = endSessions(records, replaced, ending)
  const beyond = endSessions(records, excess, { ...ending, reason: 'session-limit' })
  return { kind: 'inserted', replaced: [...ended, ...beyond] }
}

/** Whether it is there to be completed. */
function isPending(records: Records, { userId }: SessionRecord, { id, bounds }: Completion): boolean {
  const found = records.sessions.get(id)
  return found?.userId === userId && found.stage === 'pending' && isLive(records, found, bounds)
}

/** Not the session itself, and none of another user. */
function givingWay(records: Records, record: SessionRecord, plan: InsertPlan): readonly SessionRecord[] {
  const device = plan.device?.sessions === 'end-earlier' ? plan.device.record.id : null
  const named = [plan.replaces, plan.completes?.id ?? null].filter((id) => id !== null)
  if (device === null && named.length === 0) return []
  return sessionsOf(records, record.userId).filter(
    ({ id, deviceId }) =>
      id !== record.id && (named.includes(id) || (device !== null && deviceId === device)),
  )
}

/** How many too many there would be with the new one, those that are to go first. */
function beyondLimit(
  records: Records,
  record: SessionRecord,
  { most, atLimit, bounds }: SessionLimit,
  replaced: readonly SessionRecord[],
): readonly SessionRecord[] {
  const rankOf = ({ createdAt, lastAccessedAt }: SessionRecord): number =>
    atLimit === 'end-least-recent' ? (lastAccessedAt ?? createdAt) : createdAt
  const staying = sessionsOf(records, record.userId).filter(
    (other) =>
      other.id !== record.id &&
      other.stage === 'complete' &&
      isLive(records, other, bounds) &&
      !replaced.includes(other),
  )
  const sorted = staying.sort((a, b) => rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : 1))
  return sorted.slice(0, Math.max(0, sorted.length + 1 - most))
}

function seeDevice(records: Records, { record }: DevicePlan, { actor, request }: InsertPlan): void {
  const known = records.devices.get(record.id)
  if (!known) {
    records.devices.set(record.id, record)
    const ids = records.deviceIdsByUser.get(record.userId) ?? new Set()
    records.deviceIdsByUser.set(record.userId, ids.add(record.id))
    appendEvents(records, [deviceAddedEvent(record, actor, request)])
    return
  }
  records.devices.set(record.id, {
    ...known,
    deviceInfo: record.deviceInfo,
    lastSeenAt: instantOf(Math.max(known.lastSeenAt, record.lastSeenAt)),
  })
}

function earlierOutcome(records: Records, claimed: IdempotencyClaim): InsertOutcome | null {
  const earlier = records.claims.get(keyOf(claimed))
  if (!earlier || earlier.claimedAt < claimed.forgetBefore) return null
  const record = records.sessions.get(earlier.sessionId)
  if (!record || !equalInConstantTime(earlier.requestHash, claimed.requestHash)) return { kind: 'conflict' }
  return { kind: 'repeated', record: asRead(records, record) }
}

function add(records: Records, record: SessionRecord): void {
  records.sessions.set(record.id, { ...record, notBefore: null })
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
