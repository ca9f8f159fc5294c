import { invalidArgument } from '../../foundation/errors.ts'
import type { PageRequest } from '../../foundation/page.ts'
import type { EventFilter } from '../../model/session-event.ts'
import { shardOfSession, shardOfUser } from '../../model/session-token.ts'
import { eventColumns } from './event-row.ts'
import type { Values } from './statement.ts'
import { toStoredText } from './stored-text.ts'

/** Who acted for somebody else: in the words of the index of such events. */
export const byAnother = `(actor LIKE 'admin:%' OR actor LIKE 'user:%' AND actor <> 'user:' || user_id)`

/** In the words of the index of events that name a session and were not written by a change of it. */
const onlyNamed = `session_id IS NOT NULL AND type <> ALL ('{session.created,session.ended,session.renewed}')`

/** Those that were have the shard of their session. */
const ofSession = `(session_id = :sessionId::text AND (shard = :sessionShard::smallint OR ${onlyNamed}))`

const byUser = `actor = :actor::text
  AND (user_id = :actingUser::text AND shard = :actingShard::smallint OR ${byAnother})`

/** One event more than the page holds, which says whether another page follows. */
export function listEventsStatement(
  filter: EventFilter,
  page: PageRequest,
): { readonly sql: string; readonly values: Values } {
  const { conditions, values } = selectionOf(filter)
  if (page.cursor !== null) conditions.push('position < :end::bigint')
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  return {
    sql: `SELECT ${eventColumns} FROM session_event_log${where}
      ORDER BY position DESC LIMIT :limit::bigint`,
    values: { ...values, end: positionOf(page.cursor), limit: page.limit + 1 },
  }
}

/** The cursor is the position of the last item. */
function positionOf(cursor: string | null): number | null {
  if (cursor === null) return null
  if (!/^\d{1,15}$/.test(cursor)) throw invalidArgument('cursor', 'must be one that a page came with')
  return Number(cursor)
}

function selectionOf(filter: EventFilter): { readonly conditions: string[]; readonly values: Values } {
  const { userId, sessionId, actor, request, types, from, until } = filter
  const conditions: string[] = []
  if (userId !== null) conditions.push('user_id = :userId::text AND shard = :userShard::smallint')
  if (sessionId !== null) conditions.push(ofSession)
  if (actor !== null) conditions.push(conditionOf(actor))
  if (request !== null) conditions.push('request = :request::text')
  if (types.length > 0) conditions.push('type = ANY (:types::text[])')
  if (from !== null) conditions.push('at >= :from::bigint')
  if (until !== null) conditions.push('at < :until::bigint')
  const acting = actor?.startsWith('user:') ? actor.slice('user:'.length) : null
  return {
    conditions,
    values: {
      userId: userId === null ? null : toStoredText(userId),
      userShard: userId === null ? null : shardOfUser(userId),
      sessionId,
      sessionShard: sessionId === null ? null : shardOfSession(sessionId),
      actor: actor === null ? null : toStoredText(actor),
      actingUser: acting === null ? null : toStoredText(acting),
      actingShard: acting === null ? null : shardOfUser(acting),
      request: request === null ? null : toStoredText(request),
      types,
      from,
      until,
    },
  }
}

function conditionOf(actor: string): string {
  if (/^user:./s.test(actor)) return byUser
  return actor.startsWith('admin:') ? `actor = :actor::text AND ${byAnother}` : 'actor = :actor::text'
}
