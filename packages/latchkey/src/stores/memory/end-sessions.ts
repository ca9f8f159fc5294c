import type { Ending, SessionRecord, SessionRef } from '../../model/session.ts'
import { endedEvent } from '../../model/session-event.ts'
import { appendEvents, type Records } from './records.ts'

/** Ends those of the sessions that have not ended yet, with their events; returns them. */
export function endSessions(
  records: Records,
  sessions: readonly SessionRecord[],
  ending: Ending,
): readonly SessionRef[] {
  const ended: SessionRef[] = []
  for (const record of sessions) {
    if (record.invalidatedAt !== null) continue
    records.sessions.set(record.id, {
      ...record,
      invalidatedAt: ending.at,
      endReason: ending.reason,
      endedBy: ending.by,
    })
    ended.push({ id: record.id, userId: record.userId })
  }
  records.ended[ending.reason] += ended.length
  appendEvents(
    records,
    ended.map((ref) => endedEvent(ref, ending)),
  )
  return ended
}
