import type { Instant } from '../../foundation/time.ts'
import { type Ending, type SessionRef, systemActor } from '../../model/session.ts'
import type { LivenessBounds, SessionSelection } from '../../model/session-filter.ts'
import { shardOfSession, shardOfUser } from '../../model/session-token.ts'
import type { Connection, Values } from './connection.ts'
import { type EndedRow, endedReturning, eventOfEnded } from './ended-session.ts'
import { appendEvents } from './event-log.ts'
import { boundsValues } from './live-condition.ts'
import {
  pastCutOff,
  pastCutOffAsRequested,
  pastDeadline,
  pastIdleLimit,
  pastIdleTimeout,
  pastLifetime,
} from './overdue-sessions.ts'
import { addToCounter } from './session-counters.ts'

/** Ends what the condition selects of the sessions that have not ended, with event and counter; inside a change. */
export function endWhere(
  connection: Connection,
  condition: string,
  values: Values,
  ending: Ending,
): readonly SessionRef[] {
  const ended = connection.all<EndedRow>(
    `UPDATE user_sessions SET invalidated_at = :endedAt, end_reason = :endReason, ended_by = :endedBy
     WHERE is_active = 1 AND ${condition} RETURNING ${endedReturning}`,
    { ...values, endedAt: ending.at, endReason: ending.reason, endedBy: ending.by },
  )
  if (ended.length === 0) return []
  addToCounter(connection, ending.reason, ended.length)
  appendEvents(
    connection,
    ended.map((row) => eventOfEnded(row, ending)),
  )
  return ended.map((row) => ({ id: row.id, userId: row.user_id }))
}

/** Found among the live sessions of the user, of whom there are few. */
export const onDevice = 'user_id = :userId AND shard = :shard AND device_id = :deviceId'

/** Each by its primary key. */
const amongNamed = `rowid IN (SELECT known.rowid FROM json_each(:sessions) AS named CROSS JOIN user_sessions AS known
  ON known.id = named.value ->> 0 AND known.shard = named.value ->> 1 AND known.user_id = named.value ->> 2)`

export function endSelected(
  connection: Connection,
  selection: SessionSelection,
  ending: Ending,
): readonly SessionRef[] {
  if (selection.kind === 'user') {
    const { userId, except } = selection
    return endWhere(
      connection,
      'user_id = :userId AND shard = :shard AND id IS NOT :except',
      { userId, except, shard: shardOfUser(userId) },
      ending,
    )
  }
  if (selection.kind === 'device') {
    const { userId, deviceId } = selection
    return endWhere(connection, onDevice, { userId, deviceId, shard: shardOfUser(userId) }, ending)
  }
  if (selection.kind === 'sessions') {
    const named = selection.sessions.map(({ id, userId }) => [id, shardOfSession(id), userId])
    return endWhere(connection, amongNamed, { sessions: JSON.stringify(named) }, ending)
  }
  const { id, userId } = selection
  return endWhere(
    connection,
    'id = :id AND shard = :shard AND (:userId IS NULL OR user_id = :userId)',
    { id, userId, shard: shardOfSession(id) },
    ending,
  )
}

/** At most `limit` in all. Those that a cut-off concerns come first, the idle ones last. */
export function endOverdue(
  connection: Connection,
  bounds: LivenessBounds,
  at: Instant,
  limit: number,
): readonly SessionRef[] {
  const ended: SessionRef[] = []
  const steps = [
    { overdue: pastCutOff, reason: 'revoked' },
    { overdue: pastCutOffAsRequested, reason: 'revoked' },
    { overdue: pastDeadline, reason: 'expired' },
    { overdue: pastLifetime, reason: 'expired' },
    { overdue: pastIdleTimeout, reason: 'idle-timeout' },
    { overdue: pastIdleLimit, reason: 'idle-timeout' },
  ] as const
  for (const { overdue, reason } of steps) {
    if (ended.length === limit) break
    const values = { ...boundsValues(bounds), limit: limit - ended.length }
    const ending: Ending = { at, reason, by: systemActor, request: null }
    ended.push(...endWhere(connection, `rowid IN (${overdue})`, values, ending))
  }
  return ended
}
