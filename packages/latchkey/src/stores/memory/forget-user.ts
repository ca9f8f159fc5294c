import { endReasons, type SessionRef } from '../../model/session.ts'
import { devicesOf, type Records, removeDevice, sessionsOf } from './records.ts'

/** Leaves nothing that names the user and nothing that counts them. */
export function forgetUser(records: Records, userId: string): readonly SessionRef[] {
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

  for (const device of devicesOf(records, userId)) removeDevice(records, device)
  const ids = new Set(gone.map((record) => record.id))
  for (const [key, claim] of records.claims) if (ids.has(claim.sessionId)) records.claims.delete(key)
  const kept = records.events.filter((event) => event.userId !== userId)
  records.events.splice(0, records.events.length, ...kept)
  return gone.map(({ id }) => ({ id, userId }))
}
