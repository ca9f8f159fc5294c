import { invalidArgument } from '../../foundation/errors.ts'
import type { Page, PageRequest } from '../../foundation/page.ts'
import { systemActor } from '../../model/session.ts'
import type { EventFilter, SessionEvent } from '../../model/session-event.ts'
import { shardOfSession } from '../../model/session-token.ts'
import type { Connection, Values } from './connection.ts'
import { type EventRow, toEvent } from './event-row.ts'

/** One event more than the page holds says whether another page follows. The cursor is the position of the last item. */
export function listEvents(
  connection: Connection,
  filter: EventFilter,
  page: PageRequest,
): Page<SessionEvent> {
  const way = wayOf(filter)
  const rows = connection.all<EventRow>(
    `SELECT * FROM session_events ${indexes[way]} WHERE ${conditionsOf(filter, way).join(' AND ')}
     ORDER BY position DESC LIMIT :limit`,
    { ...valuesOf(filter), end: positionOf(page.cursor), limit: page.limit + 1 },
  )
  const items = rows.slice(0, page.limit).map(toEvent)
  const last = items.at(-1)
  return { items, next: last && rows.length > items.length ? `${last.position}` : null }
}

function positionOf(cursor: string | null): number {
  if (cursor === null) return Number.MAX_SAFE_INTEGER
  if (!/^\d{1,15}$/.test(cursor)) throw invalidArgument('cursor', 'must be one that a page came with')
  return Number(cursor)
}

type Way = 'by-job' | 'by-session' | 'by-user' | 'by-actor' | 'by-time' | 'from-newest'

/** What an alert or a bulk ending did, whose ids are known by their beginnings. */
const ofJob = `request = :request AND substr(request, 1, 4) IN ('alr_', 'blk_')`
const isJob = /^(alr|blk)_/

/**
 * What one session, one user or one actor is about is collected by indexes and sorted, and so is what happened
 * between two instants. Everything else is read on from the newest; `from` ends that reading.
 */
function wayOf({ sessionId, userId, actor, request, from, until }: EventFilter): Way {
  if (request !== null && isJob.test(request)) return 'by-job'
  if (userId !== null) return 'by-user'
  if (sessionId !== null) return 'by-session'
  if (actor !== null && actor !== systemActor) return 'by-actor'
  return from !== null && until !== null ? 'by-time' : 'from-newest'
}

const indexes: Readonly<Record<Way, string>> = {
  'by-job': 'INDEXED BY session_events_by_job',
  'by-session': '',
  'by-user': 'INDEXED BY session_events_by_user',
  'by-actor': '',
  'by-time': 'INDEXED BY session_events_by_time',
  'from-newest': '',
}

/** What somebody did to others, and what they did to themselves. */
const ofActor = `position IN (
  SELECT position FROM session_events INDEXED BY session_events_by_actor
    WHERE actor = :actor AND actor <> 'system' AND actor IS NOT 'user:' || user_id
  UNION ALL SELECT position FROM session_events INDEXED BY session_events_by_user
    WHERE user_id = :actingUser AND actor = :actor)`

/** In the words of the index of events that name a session, of which two types are left out. */
const indexed = `session_id = :sessionId AND type NOT IN ('session.created', 'session.renewed')`

/** Those, and what else there is of the session among the events of its user. */
const ofSession = `position IN (
  SELECT position FROM session_events INDEXED BY session_events_by_session WHERE ${indexed}
  UNION ALL SELECT position FROM session_events INDEXED BY session_events_by_user
    WHERE session_id = :sessionId AND user_id IN (
      SELECT user_id FROM user_sessions WHERE id = :sessionId AND shard = :sessionShard
      UNION ALL SELECT user_id FROM session_events INDEXED BY session_events_by_session WHERE ${indexed}))`

const since = `position >= coalesce((SELECT min(position) FROM session_events INDEXED BY session_events_by_time
  WHERE at >= :from), :end)`

function conditionsOf(filter: EventFilter, way: Way): readonly string[] {
  const { sessionId, userId, actor, request, types, from, until } = filter
  const conditions = [way === 'from-newest' ? 'position < :end' : '+position < :end']
  if (sessionId !== null) conditions.push(way === 'by-session' ? ofSession : 'session_id = :sessionId')
  if (userId !== null) conditions.push('user_id = :userId')
  if (actor !== null) conditions.push(way === 'by-actor' ? ofActor : 'actor = :actor')
  if (request !== null) conditions.push(way === 'by-job' ? ofJob : 'request = :request')
  if (types.length > 0) conditions.push('type IN (SELECT value FROM json_each(:types))')
  if (from !== null) conditions.push('at >= :from')
  if (until !== null) conditions.push('at < :until')
  if (from !== null && way === 'from-newest') conditions.push(since)
  return conditions
}

function valuesOf({ sessionId, userId, actor, request, types, from, until }: EventFilter): Values {
  return {
    sessionId,
    sessionShard: sessionId === null ? null : shardOfSession(sessionId),
    userId,
    actor,
    request,
    actingUser: actor?.startsWith('user:') ? actor.slice('user:'.length) : null,
    types: JSON.stringify(types),
    from,
    until,
  }
}
