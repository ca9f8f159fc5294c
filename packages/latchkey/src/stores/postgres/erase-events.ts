import { systemActor } from '../../model/session.ts'
import type { SessionEvent } from '../../model/session-event.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { Statements } from './connection.ts'
import { numberAll } from './event-log.ts'
import { byAnother } from './event-query.ts'
import { type EventRow, eventColumns, nobody, toEvent } from './event-row.ts'
import { toStoredText } from './stored-text.ts'

/** Events that are erased in one statement; each passes through this process. */
const erasedAtOnce = 1_000

/** About the user, or by them. */
const findStatement = `SELECT ${eventColumns} FROM session_event_log
  WHERE (position, shard) IN (
    SELECT position, shard FROM session_event_log WHERE user_id = :userId::text AND shard = :shard::smallint
    UNION
    SELECT position, shard FROM session_event_log WHERE actor = ANY (:actors::text[]) AND ${byAnother})
  ORDER BY position LIMIT ${erasedAtOnce}`

const eraseStatement = `UPDATE session_event_log AS event
  SET type = 'event.erased', session_id = NULL, device_id = NULL, user_id = '${nobody}', shard = 0,
    actor = '${systemActor}', request = NULL, before = NULL, after = NULL, reason = NULL, device_type = NULL,
    browser = NULL, os = NULL, facts = NULL, digest = erased.digest
  FROM unnest(:positions::bigint[], :digests::bytea[]) AS erased (position, digest)
  WHERE event.position = erased.position`

/** Who a user is where they act. */
export function actorsOf(userId: string): readonly string[] {
  return [`user:${userId}`, `admin:${userId}`]
}

/** Until there is none left, also of those that were committed meanwhile: each is moved into the log before. */
export async function eraseEvents(
  statements: Statements,
  userId: string,
  digestOf: (event: SessionEvent) => Uint8Array,
): Promise<void> {
  const values = {
    userId: toStoredText(userId),
    shard: shardOfUser(userId),
    actors: actorsOf(userId).map(toStoredText),
  }
  for (;;) {
    await numberAll(statements)
    const events = (await statements.all<EventRow>(findStatement, values)).map(toEvent)
    if (events.length === 0) return
    await statements.all(eraseStatement, {
      positions: events.map(({ position }) => position),
      digests: events.map((event) => Buffer.from(digestOf(event))),
    })
  }
}
