import type { Instant } from '../../foundation/time.ts'
import type { Ending, SessionRef } from '../../model/session.ts'
import { endedEvent, type NewSessionEvent } from '../../model/session-event.ts'
import { toDevice, toPlace } from './row.ts'
import { sessionDuration } from './session-duration.ts'

/** What is told of a session that has just ended. */
export interface EndedRow {
  readonly id: SessionRef['id']
  readonly user_id: string
  readonly created_at: Instant
  readonly device_info: string
  readonly place: string | null
  readonly amr: string
  readonly duration: number
}

/** Of a row that says already when it ended, and why. */
export const endedReturning: string = `id, user_id, created_at, device_info, place, amr, ${sessionDuration} AS duration`

export function eventOfEnded(row: EndedRow, ending: Ending): NewSessionEvent {
  const { type, browser, os } = toDevice(row.device_info)
  return endedEvent({ id: row.id, userId: row.user_id }, ending, {
    device: { type, browser, os },
    ended: {
      createdAt: row.created_at,
      duration: row.duration,
      country: row.place === null ? null : toPlace(row.place).country,
      amr: JSON.parse(row.amr) as readonly string[],
    },
  })
}
