import {
  type ChangeOrigin,
  type EndReason,
  endReasons,
  type SessionRef,
  systemActor,
} from '../../model/session.ts'
import { plainEvent, type SessionEvent } from '../../model/session-event.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { Connection, Values } from './connection.ts'
import { endedColumn } from './ended-columns.ts'
import { appendEvents } from './event-log.ts'
import { type EventRow, toEvent } from './event-row.ts'
import { dropUnusedSets } from './facet-sets.ts'
import { forgetDetection } from './forget-detection.ts'
import { addToCounter } from './session-counters.ts'

const ofUser = 'user_id = :userId AND shard = :shard'

type Counted = Readonly<Record<'total' | EndReason, number>>

/** What the counters hold of one user, forgotten sessions included. */
const counted = `SELECT coalesce(sum(total), 0) AS total,
    ${endReasons.map((reason) => `coalesce(sum("${reason}"), 0) AS "${reason}"`).join(', ')}
  FROM (
    SELECT 1 AS total, ${endReasons.map((reason) => `end_reason = '${reason}' AS "${reason}"`).join(', ')}
    FROM user_sessions WHERE ${ofUser}
    UNION ALL
    SELECT total, ${endReasons.map(endedColumn).join(', ')} FROM forgotten_sessions WHERE ${ofUser})`

/** Leaves nothing that names the user and nothing that counts them; inside a change. */
export function forgetUser(
  connection: Connection,
  userId: string,
  { at, by, request }: ChangeOrigin,
  digestOf: (event: SessionEvent) => Uint8Array,
): readonly SessionRef[] {
  const values = { userId, shard: shardOfUser(userId) }
  uncount(connection, values)
  forgetDetection(connection, userId)
  const gone = connection.all<{ id: SessionRef['id']; facet_set: number | null }>(
    `DELETE FROM user_sessions WHERE ${ofUser} RETURNING id, facet_set`,
    values,
  )
  dropUnusedSets(
    connection,
    gone.map((row) => row.facet_set),
  )
  connection.run(`DELETE FROM forgotten_sessions WHERE ${ofUser}`, values)
  connection.run(`DELETE FROM forgotten_moments WHERE ${ofUser}`, values)
  connection.run(`DELETE FROM user_devices WHERE ${ofUser}`, values)
  connection.run('DELETE FROM session_cut_offs WHERE user_id = :userId', { userId })
  const names = { asUser: `user:${userId}`, asAdmin: `admin:${userId}` }
  eraseEvents(connection, { userId, ...names }, digestOf)
  const actor = by === names.asUser || by === names.asAdmin ? systemActor : by
  appendEvents(connection, [plainEvent({ type: 'user.forgotten', at, actor, request })])
  return gone.map(({ id }) => ({ id, userId }))
}

function uncount(connection: Connection, values: Values): void {
  const sums = connection.get<Counted>(counted, values)
  if (!sums || sums.total === 0) return
  addToCounter(connection, 'created', -sums.total)
  for (const reason of endReasons) {
    if (sums[reason] > 0) addToCounter(connection, reason, -sums[reason])
  }
}

/** About the user, and by them: what they did to themselves is about them. */
const naming = `SELECT * FROM session_events INDEXED BY session_events_by_user WHERE user_id = :userId
  UNION SELECT * FROM session_events INDEXED BY session_events_by_actor
    WHERE actor IN (:asUser, :asAdmin) AND actor <> 'system' AND actor IS NOT 'user:' || user_id`

const erase = `UPDATE session_events SET type = 'event.erased', actor = :actor, digest = :digest, session_id = NULL,
    device_id = NULL, user_id = NULL, request = NULL, "before" = NULL, "after" = NULL, reason = NULL, device = NULL,
    facts = NULL
  WHERE position = :position`

function eraseEvents(
  connection: Connection,
  names: Values,
  digestOf: (event: SessionEvent) => Uint8Array,
): void {
  for (const row of connection.all<EventRow>(naming, names)) {
    const { position } = row
    connection.run(erase, { position, actor: systemActor, digest: digestOf(toEvent(row)) })
  }
}
