import type { Page, PageRequest } from '../../foundation/page.ts'
import type { Grant, Seen, SessionRecord } from '../../model/session.ts'
import { type Replacing, renewedEvent } from '../../model/session-event.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import { type SessionId, shardOfSession } from '../../model/session-token.ts'
import type { SessionStore } from '../../ports/session-store.ts'
import type { Connection } from './connection.ts'
import { countSessions } from './count-sessions.ts'
import { endOverdue, endSelected } from './end-sessions.ts'
import { appendEvents } from './event-log.ts'
import { facetSetOf } from './facet-sets.ts'
import { fadeSessions } from './fade-sessions.ts'
import { forgetSessions } from './forget-sessions.ts'
import { forgetUser } from './forget-user.ts'
import type { GroupCommit } from './group-commit.ts'
import { insertSession } from './insert-session.ts'
import { rowsByFacets } from './list-by-facets.ts'
import { readColumns, type SessionRow, toRecord, toValues } from './row.ts'
import { cursorAfter, listStatement } from './session-query.ts'

const findById = `SELECT ${readColumns} FROM user_sessions WHERE id = :id AND shard = :shard`

export function sqliteSessionStore(connection: Connection, group: GroupCommit): SessionStore {
  return {
    insert: (record, plan) => group.write(() => insertSession(connection, record, plan)),
    find: async (id) => findSession(connection, id),
    replace: (next, replacing) => group.write(() => replaceSession(connection, next, replacing)),
    touch: (seen) => group.write(() => touchSessions(connection, seen)),
    tighten: (grants) => group.write(() => tightenSessions(connection, grants)),
    invalidate: (selection, ending) => group.write(() => endSelected(connection, selection, ending)),
    list: async (query, page) => listSessions(connection, query, page),
    count: async (query) => countSessions(connection, query),
    cleanup: (bounds, at, limit) => group.write(() => endOverdue(connection, bounds, at, limit)),
    forget: (endedBefore, limit) => group.write(() => forgetSessions(connection, endedBefore, limit)),
    fade: (fact, from, before, limit) =>
      group.write(() => fadeSessions(connection, fact, from, before, limit)),
    forgetUser: (userId, origin, digestOf) =>
      group.write(() => forgetUser(connection, userId, origin, digestOf)),
  }
}

function findSession(connection: Connection, id: SessionId): SessionRecord | null {
  const row = connection.get<SessionRow>(findById, { id, shard: shardOfSession(id) })
  return row ? toRecord(row) : null
}

/** `user_id` and `shard` never change, what fades does not come back; a use that was recorded since `next` was read is not lost. */
function replaceSession(connection: Connection, next: SessionRecord, replacing: Replacing): boolean {
  const replaced = connection.get<{ user_id: string }>(
    `UPDATE user_sessions SET device_info = :device_info, created_at = :created_at,
       last_accessed = max(coalesce(last_accessed, :last_accessed), coalesce(:last_accessed, last_accessed)),
       expires_at = :expires_at, secret_hash = :secret_hash, version = :version, lifetime = :lifetime,
       authenticated_at = :authenticated_at, amr = :amr, device_id = :device_id, place = :place,
       facet_set = :facet_set, terms = :terms, idle_limit = :idle_limit, rotation = :rotation
     WHERE id = :id AND shard = :shard AND version = :version - 1 AND invalidated_at IS NULL
     RETURNING user_id`,
    { ...toValues(next), facet_set: facetSetOf(connection, next), shard: shardOfSession(next.id) },
  )
  if (!replaced) return false
  if (replacing.cause === 'confirmation') return true
  appendEvents(connection, [renewedEvent({ ...next, userId: replaced.user_id }, replacing)])
  return true
}

function touchSessions(connection: Connection, seen: readonly Seen[]): void {
  for (const { id, at } of seen) {
    connection.run(
      `UPDATE user_sessions SET last_accessed = :at
       WHERE id = :id AND shard = :shard AND invalidated_at IS NULL
         AND (last_accessed IS NULL OR last_accessed < :at)`,
      { id, shard: shardOfSession(id), at },
    )
  }
}

function tightenSessions(connection: Connection, grants: readonly Grant[]): void {
  for (const { id, expiresAt, idleTimeout } of grants) {
    connection.run(
      `UPDATE user_sessions SET expires_at = min(expires_at, :expiresAt),
         idle_limit = coalesce(min(idle_limit, :idleLimit), idle_limit, :idleLimit)
       WHERE id = :id AND shard = :shard AND invalidated_at IS NULL`,
      { id, shard: shardOfSession(id), expiresAt, idleLimit: idleTimeout },
    )
  }
}

function listSessions(connection: Connection, query: SessionQuery, page: PageRequest): Page<SessionRecord> {
  const records = (rowsByFacets(connection, query, page) ?? rowsInOrder(connection, query, page)).map(
    toRecord,
  )
  const items = records.slice(0, page.limit)
  const last = items.at(-1)
  return { items, next: last && records.length > items.length ? cursorAfter(last) : null }
}

function rowsInOrder(connection: Connection, query: SessionQuery, page: PageRequest): readonly SessionRow[] {
  const { sql, values } = listStatement(connection, query, page)
  return connection.all<SessionRow>(sql, values)
}
