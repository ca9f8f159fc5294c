import type { Page, PageRequest } from '../../foundation/page.ts'
import type { Instant } from '../../foundation/time.ts'
import type { Actor, SessionRecord } from '../../model/session.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import { type SessionId, shardOfSession } from '../../model/session-token.ts'
import type { IdempotencyClaim, InsertOutcome, SessionStore } from '../../ports/session-store.ts'
import { type Announce, type Announcer, announced } from './announcements.ts'
import { type Changes, telling } from './changes.ts'
import type { Connection } from './connection.ts'
import { endBatches } from './end-batches.ts'
import { endOverdue } from './end-sessions.ts'
import { fadeSessions } from './fade-sessions.ts'
import { forgetSessions } from './forget-sessions.ts'
import { forgetUser } from './forget-user.ts'
import { insertBatches } from './insert-batches.ts'
import { insertClaimedOnKnownDevice } from './insert-on-devices.ts'
import { insertClaimed } from './insert-session.ts'
import { type Insert, isNewDevice, newInsert } from './insert-values.ts'
import { type SessionRow, sessionColumns, toRecord, toValues } from './row.ts'
import { countStatement, cursorAfter, listStatement } from './session-query.ts'
import { toStoredText } from './stored-text.ts'
import { touchSessions } from './touch-sessions.ts'

const findById = `SELECT ${sessionColumns} FROM user_sessions WHERE id = :id::text AND shard = :shard::smallint`

export function postgresSessionStore(
  connection: Connection,
  announcer: Announcer,
  changes: Changes,
): SessionStore {
  const inserts = insertBatches(connection, announcer)
  const ends = endBatches(connection, announcer)
  const announcing = <Result>(change: (announce: Announce) => Promise<Result>): Promise<Result> =>
    telling(changes, changes.announced, () => announcer.change(change))
  return {
    insert: (record, plan) =>
      telling(changes, changes.changed, () =>
        plan.idempotency
          ? insertWithClaim(connection, announcer, newInsert(record, plan), plan.idempotency)
          : inserts.insert(newInsert(record, plan)),
      ),
    find: (id) => findSession(connection, id),
    replace: (next, at, actor) =>
      announcing((announce) => replaceSession(connection, { next, at, actor }, announce)),
    touch: (seen) => touchSessions(connection, seen),
    invalidate: (selection, ending) =>
      telling(changes, changes.announced, () => ends.end({ selection, ending })),
    list: async (query, page) => listSessions(connection, query, page),
    count: (query) => countSessions(connection, query),
    cleanup: (bounds, at, limit) =>
      announcing((announce) => endOverdue(connection, { bounds, at, limit }, announce)),
    fade: (fact, from, before, limit) => fadeSessions(connection, fact, { from, before, limit }),
    forget: (endedBefore, limit) => forgetSessions(connection, endedBefore, limit),
    forgetUser: (userId) => announcer.change((announce) => forgetUser(connection, userId, announce)),
  }
}

async function findSession(connection: Connection, id: SessionId): Promise<SessionRecord | null> {
  const [row] = await connection.all<SessionRow>(findById, { id, shard: shardOfSession(id) })
  return row ? toRecord(row) : null
}

async function countSessions(connection: Connection, query: SessionQuery): Promise<number> {
  const { sql, values } = countStatement(query)
  const [row] = await connection.all<{ count: string }>(sql, values)
  return Number(row?.count ?? 0)
}

/** `user_id` and `shard` never change, what fades does not come back; a use that was recorded since `next` was read is not lost. */
const replaceStatement = `WITH replaced AS (
  UPDATE user_sessions SET device_info = :device_info::jsonb, created_at = :created_at::bigint,
    last_accessed = greatest(last_accessed, :last_accessed::bigint), expires_at = :expires_at::bigint,
    secret_hash = :secret_hash::bytea, version = :version::integer, lifetime = :lifetime::bigint,
    authenticated_at = :authenticated_at::bigint, amr = :amr::jsonb, device_id = :device_id::text,
    place = :place::jsonb
  WHERE id = :id::text AND shard = :shard::smallint AND version = :version::integer - 1 AND invalidated_at IS NULL
  RETURNING id, user_id, shard),
told AS (
  INSERT INTO session_events (type, at, session_id, user_id, shard, actor)
  SELECT 'session.renewed', :at::bigint, id, user_id, shard, :actor::text FROM replaced),
${announced}
SELECT replaced.id FROM announced LEFT JOIN replaced ON true`

interface Replacement {
  readonly next: SessionRecord
  readonly at: Instant
  readonly actor: Actor
}

async function replaceSession(
  connection: Connection,
  { next, at, actor }: Replacement,
  announce: Announce,
): Promise<boolean> {
  const announcements = announce([{ kind: 'session', id: next.id, userId: next.userId }])
  const known = { shard: shardOfSession(next.id), at, actor: toStoredText(actor), announcements }
  const [row] = await connection.all<{ id: string | null }>(replaceStatement, {
    ...toValues(next),
    ...known,
  })
  return row?.id === next.id
}

function insertWithClaim(
  connection: Connection,
  announcer: Announcer,
  insert: Insert,
  claim: IdempotencyClaim,
): Promise<InsertOutcome> {
  const { device } = insert.plan
  const add = device === null || isNewDevice(device) ? insertClaimed : insertClaimedOnKnownDevice
  return announcer.change((announce) => add(connection, insert, claim, announce))
}

async function listSessions(
  connection: Connection,
  query: SessionQuery,
  page: PageRequest,
): Promise<Page<SessionRecord>> {
  const { sql, values } = listStatement(query, page)
  const records = (await connection.all<SessionRow>(sql, values)).map(toRecord)
  const items = records.slice(0, page.limit)
  const last = items.at(-1)
  return { items, next: last && records.length > items.length ? cursorAfter(last) : null }
}
