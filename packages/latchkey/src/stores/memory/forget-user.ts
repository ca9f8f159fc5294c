import {
  type Actor,
  type ChangeOrigin,
  endReasons,
  type SessionRef,
  systemActor,
} from '../../model/session.ts'
import { plainEvent, type SessionEvent } from '../../model/session-event.ts'
import { forgetDetection } from './forget-detection.ts'
import { appendEvents, devicesOf, type Records, removeDevice, sessionsOf } from './records.ts'

/** Leaves nothing that names the user and nothing that counts them. */
export function forgetUser(
  records: Records,
  userId: string,
  { at, by, request }: ChangeOrigin,
  digestOf: (event: SessionEvent) => Uint8Array,
): readonly SessionRef[] {
  forgetDetection(records, userId)
  const gone = forgetSessionsOf(records, userId)
  for (const device of devicesOf(records, userId)) removeDevice(records, device)
  for (const [subject, { scope }] of records.cutOffs) {
    if (scope.kind !== 'everybody' && scope.userId === userId) records.cutOffs.delete(subject)
  }
  const names: readonly Actor[] = [`user:${userId}`, `admin:${userId}`]
  for (const [index, event] of records.events.entries()) {
    if (event.userId !== userId && !names.includes(event.actor)) continue
    const { position } = event
    const erased = plainEvent({ type: 'event.erased', at: event.at, actor: systemActor })
    records.events[index] = { ...erased, position, digest: digestOf(event) }
  }
  const actor = names.includes(by) ? systemActor : by
  appendEvents(records, [plainEvent({ type: 'user.forgotten', at, actor, request })])
  return gone
}

/** With their claims, and with what is counted of them. */
function forgetSessionsOf(records: Records, userId: string): readonly SessionRef[] {
  const gone = sessionsOf(records, userId)
  const forgotten = records.forgotten.get(userId)
  records.created -= gone.length + (forgotten?.total ?? 0)
  for (const reason of endReasons) records.ended[reason] -= forgotten?.ended[reason] ?? 0
  for (const record of gone) {
    if (record.endReason !== null) records.ended[record.endReason] -= 1
    records.sessions.delete(record.id)
  }
  records.idsByUser.delete(userId)
  records.forgotten.delete(userId)
  const ids = new Set(gone.map((record) => record.id))
  for (const [key, claim] of records.claims) if (ids.has(claim.sessionId)) records.claims.delete(key)
  return gone.map(({ id }) => ({ id, userId }))
}
