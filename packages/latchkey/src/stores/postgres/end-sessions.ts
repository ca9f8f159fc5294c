import type { Instant } from '../../foundation/time.ts'
import { type Ending, type SessionRef, systemActor } from '../../model/session.ts'
import type { LivenessBounds, SessionSelection } from '../../model/session-filter.ts'
import { type SessionId, shardOfSession, shardOfUser } from '../../model/session-token.ts'
import { lockMaintenance } from './advisory-locks.ts'
import type { Connection, Statements } from './connection.ts'
import { boundsValues, liveCondition } from './live-condition.ts'
import { overdueSessions } from './overdue-sessions.ts'
import { addToCounters } from './session-counters.ts'
import type { Values } from './statement.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

/** Counts and tells what `ended` brings: `id, user_id, shard, end_reason`. */
const countAndTell = `counted AS (${addToCounters('SELECT shard, end_reason, 1 FROM ended')}),
told AS (
  INSERT INTO session_events (type, at, session_id, user_id, shard, actor, reason)
  SELECT 'session.ended', :endedAt::bigint, id, user_id, shard, :endedBy::text, end_reason FROM ended ORDER BY id)`

function endWhere(condition: string): string {
  return `WITH ended AS (
  UPDATE user_sessions SET invalidated_at = :endedAt::bigint, end_reason = :endReason::text, ended_by = :endedBy::text
  WHERE ${condition} AND invalidated_at IS NULL RETURNING id, user_id, shard, end_reason),
${countAndTell}
SELECT id, user_id FROM ended`
}

const endOfUser = endWhere(
  'user_id = :userId::text AND shard = :shard::smallint AND is_active AND id IS DISTINCT FROM :except::text',
)
const endOne = endWhere(
  'id = :id::text AND shard = :shard::smallint AND (:userId::text IS NULL OR user_id = :userId::text)',
)

interface EndedRow {
  readonly id: SessionId
  readonly user_id: string
}

export async function endSelected(
  statements: Statements,
  selection: SessionSelection,
  ending: Ending,
): Promise<readonly SessionRef[]> {
  const rows = await statements.all<EndedRow>(selection.kind === 'user' ? endOfUser : endOne, {
    ...selectionValues(selection),
    endedAt: ending.at,
    endReason: ending.reason,
    endedBy: toStoredText(ending.by),
  })
  return rows.map(toRef)
}

function selectionValues(selection: SessionSelection): Values {
  if (selection.kind === 'user') {
    const { userId, except } = selection
    return { userId: toStoredText(userId), shard: shardOfUser(userId), except }
  }
  const { id, userId } = selection
  return { id, shard: shardOfSession(id), userId: userId === null ? null : toStoredText(userId) }
}

function toRef(row: EndedRow): SessionRef {
  return { id: row.id, userId: fromStoredText(row.user_id) }
}

/** A session that is used in this very moment is looked at again, once its use is on record, and stays. */
const endOverdueStatement = `WITH overdue AS (${overdueSessions}),
ended AS (
  UPDATE user_sessions SET invalidated_at = :endedAt::bigint, end_reason = overdue.reason, ended_by = :endedBy::text
  FROM overdue WHERE user_sessions.id = overdue.id AND user_sessions.shard = overdue.shard
    AND invalidated_at IS NULL AND NOT ${liveCondition}
  RETURNING user_sessions.id, user_id, user_sessions.shard, end_reason),
${countAndTell}
SELECT overdue.id, ended.user_id FROM overdue LEFT JOIN ended ON ended.id = overdue.id`

/** One at a time, over all processes: two would choose the same sessions and find fewer than there are. */
export function endOverdue(
  connection: Connection,
  bounds: LivenessBounds,
  at: Instant,
  limit: number,
): Promise<readonly SessionRef[]> {
  return connection.transaction(async (statements) => {
    await lockMaintenance(statements)
    const ended: SessionRef[] = []
    for (let isMore = true; isMore && ended.length < limit; ) {
      const values = {
        ...boundsValues(bounds),
        endedAt: at,
        endedBy: systemActor,
        limit: limit - ended.length,
      }
      const rows = await statements.all<{ id: SessionId; user_id: string | null }>(
        endOverdueStatement,
        values,
      )
      const refs = rows.flatMap(({ id, user_id }) => (user_id === null ? [] : [toRef({ id, user_id })]))
      ended.push(...refs)
      isMore = refs.length < rows.length
    }
    return ended
  })
}
