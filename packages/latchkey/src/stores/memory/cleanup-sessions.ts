import type { Instant } from '../../foundation/time.ts'
import { type SessionRef, systemActor } from '../../model/session.ts'
import type { LivenessBounds } from '../../model/session-filter.ts'
import { endSessions } from './end-sessions.ts'
import { type Records, sessionsOf } from './records.ts'
import { hasExpired, isIdle } from './session-query.ts'

/** At most `limit` in all. The idle ones come last, when nothing is left whose deadline has passed. */
export function cleanupSessions(
  records: Records,
  bounds: LivenessBounds,
  at: Instant,
  limit: number,
): readonly SessionRef[] {
  const open = sessionsOf(records, null).filter((record) => record.invalidatedAt === null)
  const expired = open.filter((record) => hasExpired(record, bounds)).slice(0, limit)
  const idle = open
    .filter((record) => !hasExpired(record, bounds) && isIdle(record, bounds))
    .slice(0, limit - expired.length)
  return [
    ...endSessions(records, expired, { at, reason: 'expired', by: systemActor }),
    ...endSessions(records, idle, { at, reason: 'idle-timeout', by: systemActor }),
  ]
}
