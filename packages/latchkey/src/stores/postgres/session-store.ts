import type { Page, PageRequest } from '../../foundation/page.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import { type SessionId, shardOfSession } from '../../model/session-token.ts'
import type { InsertOutcome, SessionStore } from '../../ports/session-store.ts'
import type { Announce, Announcer } from './announcements.ts'
import { type Changes, telling } from './changes.ts'
import type { Connection } from './connection.ts'
import { endBatches } from './end-batches.ts'
import { endOverdue } from './end-sessions.ts'
import { facetSets } from './facet-sets.ts'
import { fadeSessions } from './fade-sessions.ts'
import { forgetSessions } from './forget-sessions.ts'
import { forgetUser } from './forget-user.ts'
import { type InsertBatches, insertBatches } from './insert-batches.ts'
import { insertInSteps } from './insert-in-steps.ts'
import { insertClaimed } from './insert-session.ts'
import { type Insert, isNewDevice, newInsert } from './insert-values.ts'
import { replaceSession } from './replace-session.ts'
import { type FoundRow, foundColumns, toRecord } from './row.ts'
import { countStatement, cursorAfter, listStatement } from './session-query.ts'
import { tightenSessions } from './tighten-sessions.ts'
import { touchSessions } from './touch-sessions.ts'
import { Turns } from './turns.ts'

const findById = `SELECT ${foundColumns} FROM user_sessions WHERE id = :id::text AND shard = :shard::smallint`

export function postgresSessionStore(
  connection: Connection,
  announcer: Announcer,
  changes: Changes,
): SessionStore {
  const inserts = insertBatches(connection, announcer)
  const turns = new Turns()
  const ends = endBatches(connection, announcer)
  const announcing = <Result>(change: (announce: Announce) => Promise<Result>): Promise<Result> =>
    telling(changes, changes.announced, () => announcer.change(change))
  const sets = facetSets(connection)
  const noting = async <Result>(record: SessionRecord, change: () => Promise<Result>): Promise<Result> => {
    const isBeingNoted = sets.note(record)
    if (isBeingNoted !== null) await isBeingNoted
    return change()
  }
  return {
    insert: (record, plan) =>
      telling(changes, changes.changed, () =>
        noting(record, () => addSession({ connection, announcer, inserts, turns }, newInsert(record, plan))),
      ),
    find: (id) => findSession(connection, id),
    replace: (next, replacing) =>
      noting(next, () => announcing((announce) => replaceSession(connection, { next, replacing }, announce))),
    touch: (seen) => touchSessions(connection, seen),
    tighten: (grants) => tightenSessions(connection, grants),
    invalidate: (selection, ending) =>
      telling(changes, changes.announced, () => ends.end({ selection, ending })),
    list: async (query, page) => listSessions(connection, query, page),
    count: (query) => countSessions(connection, query),
    cleanup: async (bounds, at, limit) => {
      await sets.noteAgain()
      return announcing((announce) => endOverdue(connection, { bounds, at, limit }, announce))
    },
    fade: (fact, from, before, limit) => fadeSessions(connection, fact, { from, before, limit }),
    forget: (endedBefore, limit) => forgetSessions(connection, endedBefore, limit),
    forgetUser: (userId, origin, digestOf) =>
      announcing((announce) => forgetUser(connection, { userId, origin, digestOf }, announce)),
  }
}

async function findSession(connection: Connection, id: SessionId): Promise<SessionRecord | null> {
  const [row] = await connection.all<FoundRow>(findById, { id, shard: shardOfSession(id) })
  return row ? toRecord(row) : null
}

async function countSessions(connection: Connection, query: SessionQuery): Promise<number> {
  const { sql, values } = countStatement(query)
  const [row] = await connection.all<{ count: string }>(sql, values)
  return Number(row?.count ?? 0)
}

interface Adding {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly inserts: InsertBatches
  readonly turns: Turns
}

/** In a batch with others, in a statement of its own, or in several. */
function addSession(
  { connection, announcer, inserts, turns }: Adding,
  insert: Insert,
): Promise<InsertOutcome> {
  const { device, idempotency, limit, completes } = insert.plan
  const inSteps = (): Promise<InsertOutcome> =>
    announcer.change((announce) => insertInSteps(connection, insert, announce))
  if (limit || completes) return turns.take(insert.record.userId, inSteps)
  if (!idempotency) return inserts.insert(insert)
  if (device !== null && !isNewDevice(device)) return inSteps()
  return announcer.change((announce) => insertClaimed(connection, insert, idempotency, announce))
}

async function listSessions(
  connection: Connection,
  query: SessionQuery,
  page: PageRequest,
): Promise<Page<SessionRecord>> {
  const { sql, values } = listStatement(query, page)
  const records = (await connection.all<FoundRow>(sql, values)).map(toRecord)
  const items = records.slice(0, page.limit)
  const last = items.at(-1)
  return { items, next: last && records.length > items.length ? cursorAfter(last) : null }
}
