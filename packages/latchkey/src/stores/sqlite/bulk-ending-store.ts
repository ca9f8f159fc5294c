import type { Instant } from '../../foundation/time.ts'
import type { BulkEnding } from '../../model/bulk-ending.ts'
import type { BulkEndingStore } from '../../ports/bulk-ending-store.ts'
import type { Connection, Values } from './connection.ts'
import { appendEvents } from './event-log.ts'
import type { GroupCommit } from './group-commit.ts'

interface BulkRow {
  readonly id: BulkEnding['id']
  readonly filter: string
  readonly except_id: string | null
  readonly state: BulkEnding['state']
  readonly expected: number
  readonly ended: number
  readonly created_at: Instant
  readonly created_by: BulkEnding['by']
  readonly note: string | null
  readonly finished_at: Instant | null
  readonly version: number
}

const columns =
  'id, filter, except_id, state, expected, ended, created_at, created_by, note, finished_at, version'
const given =
  ':id, :filter, :except, :state, :expected, :ended, :createdAt, :by, :note, :finishedAt, :version'
const endings = `SELECT ${columns} FROM session_bulk_endings`

/** There are few, so that they need no index. */
export function sqliteBulkEndingStore(connection: Connection, group: GroupCommit): BulkEndingStore {
  const all = (rest: string, values: Values = {}): readonly BulkEnding[] =>
    connection.all<BulkRow>(`${endings} ${rest}`, values).map(toBulkEnding)
  return {
    add: (ending, events) =>
      group.write(() => {
        connection.run(`INSERT INTO session_bulk_endings (${columns}) VALUES (${given})`, { ...ending })
        appendEvents(connection, events)
      }),
    find: async (id) => all('WHERE id = :id', { id })[0] ?? null,
    replace: (next, events) =>
      group.write(() => {
        if (connection.run(replaceOne, { ...next }) === 0) return false
        appendEvents(connection, events)
        return true
      }),
    list: async (limit) => all('ORDER BY created_at DESC, id DESC LIMIT :limit', { limit }),
    running: async () => all("WHERE state = 'running' ORDER BY created_at, id"),
    async countBefore(before, most) {
      return connection.get<{ count: number }>(countFinished, { before, most })?.count ?? 0
    },
    forget: (before, limit) => group.write(() => connection.run(forgetFinished, { before, limit })),
  }
}

const replaceOne = `UPDATE session_bulk_endings SET (${columns}) = (${given})
  WHERE id = :id AND version = :version - 1`

const forgetFinished = `DELETE FROM session_bulk_endings WHERE id IN (
  SELECT id FROM session_bulk_endings WHERE finished_at < :before ORDER BY finished_at LIMIT :limit)`

const countFinished = `SELECT count(*) AS count FROM (
  SELECT 1 FROM session_bulk_endings WHERE finished_at < :before LIMIT :most)`

function toBulkEnding(row: BulkRow): BulkEnding {
  return {
    id: row.id,
    filter: row.filter,
    except: row.except_id,
    state: row.state,
    expected: row.expected,
    ended: row.ended,
    createdAt: row.created_at,
    by: row.created_by,
    note: row.note,
    finishedAt: row.finished_at,
    version: row.version,
  }
}
