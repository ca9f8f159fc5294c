import type { Instant } from '../../foundation/time.ts'
import { type EndReason, type SessionRecord, type SessionRef, systemActor } from '../../model/session.ts'
import type { LivenessBounds } from '../../model/session-filter.ts'
import { endSessions } from './end-sessions.ts'
import { type Records, sessionsOf } from './records.ts'
import { hasExpired, isCutOff, isIdle } from './session-query.ts'

/** At most `limit` in all. Those that a cut-off concerns come first, the idle ones last. */
export function cleanupSessions(
  records: Records,
  bounds: LivenessBounds,
  at: Instant,
  limit: number,
): readonly SessionRef[] {
  const due = sessionsOf(records, null)
    .filter((record) => record.invalidatedAt === null)
    .map((record) => ({ record, reason: reasonToEnd(records, record, bounds) }))
  const ended: SessionRef[] = []
  for (const reason of ['revoked', 'expired', 'idle-timeout'] as const) {
    const chosen = due.filter((one) => one.reason === reason).slice(0, limit - ended.length)
    const ending = { at, reason, by: systemActor, request: null }
    ended.push(
      ...endSessions(
        records,
        chosen.map(({ record }) => record),
        ending,
      ),
    )
  }
  return ended
}

function reasonToEnd(records: Records, record: SessionRecord, bounds: LivenessBounds): EndReason | null {
  if (isCutOff(records, record)) return 'revoked'
  if (hasExpired(record, bounds)) return 'expired'
  return isIdle(record, bounds) ? 'idle-timeout' : null
}
