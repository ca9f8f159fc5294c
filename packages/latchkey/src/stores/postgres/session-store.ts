import type { Page, PageRequest } from '../../foundation/page.ts'
import type { Instant } from '../../foundation/time.ts'
import type { Actor, Seen, SessionRecord } from '../../model/session.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import { type SessionId, shardOfSession } from '../../model/session-token.ts'
import type { SessionStore } from '../../ports/session-store.ts'
import type { Connection } from './connection.ts'
import { endOverdue, endSelected } from './end-sessions.ts'
import { forgetSessions } from './forget-sessions.ts'
import { forgetUser } from './forget-user.ts'
import { insertBatches } from './insert-batches.ts'
import { insertClaimed } from './insert-session.ts'
import { type SessionRow, sessionColumns, toRecord, toValues } from './row.ts'
import { countStatement, cursorAfter, listStatement } from './session-query.ts'
import { toStoredText } from './stored-text.ts'

const findById = `SELECT ${sessionColumns} FROM user_sessions WHERE id = :id::text AND shard = :shard::smallint`

/** What goes with a change that writes events. */
export interface Changes {
  /** What it waits for before it begins. */
  settled(): Promise<unknown>
  /** Called once it is committed. */
  changed(): void
}

export function postgresSessionStore(connection: Connection, changes: Changes): SessionStore {
  const batches = insertBatches(connection)
  async function telling<Result>(change: () => Promise<Result>): Promise<Result> {
    await changes.settled()
    const result = await change()
    changes.changed()
    return result
  }
  return {
    insert: (record, plan) =>
      telling(() =>
        plan.idempotency
          ? insertClaimed(connection, { record, plan }, plan.idempotency)
          : batches.insert({ record, plan }),
      ),
    find: (id) => findSession(connection, id),
    replace: (next, at, actor) => telling(() => replaceSession(connection, next, at, actor)),
    touch: (seen) => touchSessions(connection, seen),
    invalidate: (selection, ending) => telling(() => endSelected(connection, selection, ending)),
    list: async (query, page) => listSessions(connection, query, page),
    count: (query) => countSessions(connection, query),
    cleanup: (bounds, at, limit) => telling(() => endOverdue(connection, bounds, at, limit)),
    forget: (endedBefore, limit) => forgetSessions(connection, endedBefore, limit),
    forgetUser: (userId) => forgetUser(connection, userId),
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

/** `user_id` and `shard` never change; a use that was recorded since `next` was read is not lost. */
const replaceStatement = `WITH replaced AS (
  UPDATE user_sessions SET device_info = :device_info::jsonb, created_at = :created_at::bigint,
    last_accessed = greatest(last_accessed, :last_accessed::bigint), expires_at = :expires_at::bigint,
    secret_hash = :secret_hash::bytea, version = :version::integer, lifetime = :lifetime::bigint,
    authenticated_at = :authenticated_at::bigint, amr = :amr::jsonb, ip_address = :ip_address::text,
    user_agent = :user_agent::text
  WHERE id = :id::text AND shard = :shard::smallint AND version = :version::integer - 1 AND invalidated_at IS NULL
  RETURNING id, user_id, shard),
told AS (
  INSERT INTO session_events (type, at, session_id, user_id, shard, actor)
  SELECT 'session.renewed', :at::bigint, id, user_id, shard, :actor::text FROM replaced)
SELECT id FROM replaced`

async function replaceSession(
  connection: Connection,
  next: SessionRecord,
  at: Instant,
  actor: Actor,
): Promise<boolean> {
  const values = { ...toValues(next), shard: shardOfSession(next.id), at, actor: toStoredText(actor) }
  const replaced = await connection.all(replaceStatement, values)
  return replaced.length === 1
}

/** The whole batch in one statement; of several uses of one session the latest. */
const touchStatement = `UPDATE user_sessions SET last_accessed = seen.at
  FROM (SELECT id, shard, max(at) AS at
    FROM unnest(:ids::text[], :shards::smallint[], :instants::bigint[]) AS seen (id, shard, at)
    GROUP BY id, shard) AS seen
  WHERE user_sessions.id = seen.id AND user_sessions.shard = seen.shard AND invalidated_at IS NULL
    AND (last_accessed IS NULL OR last_accessed < seen.at)`

async function touchSessions(connection: Connection, seen: readonly Seen[]): Promise<void> {
  if (seen.length === 0) return
  await connection.all(touchStatement, {
    ids: seen.map(({ id }) => id),
    shards: seen.map(({ id }) => shardOfSession(id)),
    instants: seen.map(({ at }) => at),
  })
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
