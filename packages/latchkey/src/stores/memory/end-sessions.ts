import type { Ending, SessionRecord, SessionRef } from '../../model/session.ts'
import { endedEvent, type NewSessionEvent } from '../../model/session-event.ts'
import { appendEvents, type Records } from './records.ts'
import { sessionDuration } from './session-duration.ts'

/** Ends those of the sessions that have not ended yet, with their events; returns them. */
export function endSessions(
  records: Records,
  sessions: readonly SessionRecord[],
  ending: Ending,
): readonly SessionRef[] {
  const ended: SessionRef[] = []
  const events: NewSessionEvent[] = []
  for (const record of sessions) {
    if (record.invalidatedAt !== null) continue
    records.sessions.set(record.id, {
      ...record,
      invalidatedAt: ending.at,
      endReason: ending.reason,
      endedBy: ending.by,
    })
    ended.push({ id: record.id, userId: record.userId })
    events.push(eventOf({ ...record, invalidatedAt: ending.at, endReason: ending.reason }, ending))
  }
  records.ended[ending.reason] += ended.length
  appendEvents(records, events)
  return ended
}

function eventOf(record: SessionRecord, ending: Ending): NewSessionEvent {
  const { createdAt, deviceInfo, place, amr } = record
  const { type, browser, os } = deviceInfo
  return endedEvent(record, ending, {
    device: { type, browser, os },
    ended: { createdAt, duration: sessionDuration(record), country: place?.country ?? null, amr },
  })
}
