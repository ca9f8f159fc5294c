import type { BulkEnding, BulkEndingId, BulkEndingState } from '../../model/bulk-ending.ts'
import type { NewSessionEvent } from '../../model/session-event.ts'
import type { BulkEndingStore } from '../../ports/bulk-ending-store.ts'
import { appendEvents } from './append-events.ts'
import { type Changes, telling } from './changes.ts'
import type { Connection } from './connection.ts'
import { countUpTo, forgetFirst } from './first-rows.ts'
import { orNull } from './json-columns.ts'
import { type Big, toInstant } from './row.ts'
import type { Values } from './statement.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

interface BulkEndingRow {
  readonly id: BulkEndingId
  readonly filter: string
  readonly except_id: string | null
  readonly state: BulkEndingState
  readonly expected: Big
  readonly ended: Big
  readonly created_at: Big
  readonly created_by: string
  readonly note: string | null
  readonly finished_at: Big | null
  readonly version: number
}

const columns =
  'id, filter, except_id, state, expected, ended, created_at, created_by, note, finished_at, version'

const addStatement = `INSERT INTO session_bulk_endings (${columns}) VALUES (:id::text, :filter::text, :except_id::text,
    :state::text, :expected::bigint, :ended::bigint, :created_at::bigint, :created_by::text, :note::text,
    :finished_at::bigint, :version::integer) RETURNING 1`

const replaceStatement = `UPDATE session_bulk_endings SET filter = :filter::text, except_id = :except_id::text,
    state = :state::text, expected = :expected::bigint, ended = :ended::bigint, created_at = :created_at::bigint,
    created_by = :created_by::text, note = :note::text, finished_at = :finished_at::bigint, version = :version::integer
  WHERE id = :id::text AND version = :version::integer - 1 RETURNING 1`

const finished = {
  table: 'session_bulk_endings',
  key: 'id',
  oldest: 'finished_at',
  isOld: 'finished_at < :before::bigint',
}

export function postgresBulkEndingStore(connection: Connection, changes: Changes): BulkEndingStore {
  const changing = (sql: string, ending: BulkEnding, events: readonly NewSessionEvent[]): Promise<boolean> =>
    telling(changes, changes.changed, () =>
      connection.transaction(async (statements) => {
        const isDone = (await statements.all(sql, toValues(ending))).length > 0
        if (isDone) await appendEvents(statements, events)
        return isDone
      }),
    )
  const found = async (rest: string, values: Values): Promise<BulkEnding[]> => {
    const sql = `SELECT ${columns} FROM session_bulk_endings ${rest}`
    return (await connection.all<BulkEndingRow>(sql, values)).map(toBulkEnding)
  }
  return {
    add: async (ending, events) => void (await changing(addStatement, ending, events)),
    find: async (id) => (await found('WHERE id = :id::text', { id }))[0] ?? null,
    replace: (next, events) => changing(replaceStatement, next, events),
    list: (limit) => found('ORDER BY created_at DESC, id DESC LIMIT :limit::bigint', { limit }),
    running: () => found("WHERE state = 'running' ORDER BY created_at, id", {}),
    forget: (before, limit) => forgetFirst(connection, finished, { before, limit }),
    countBefore: (before, most) => countUpTo(connection, finished, { before, most }),
  }
}

function toBulkEnding(row: BulkEndingRow): BulkEnding {
  return {
    id: row.id,
    filter: fromStoredText(row.filter),
    except: orNull(row.except_id, fromStoredText),
    state: row.state,
    expected: Number(row.expected),
    ended: Number(row.ended),
    createdAt: toInstant(row.created_at),
    by: fromStoredText(row.created_by),
    note: orNull(row.note, fromStoredText),
    finishedAt: orNull(row.finished_at, toInstant),
    version: row.version,
  }
}

function toValues(ending: BulkEnding): Record<keyof BulkEndingRow, unknown> {
  return {
    id: ending.id,
    filter: toStoredText(ending.filter),
    except_id: orNull(ending.except, toStoredText),
    state: ending.state,
    expected: ending.expected,
    ended: ending.ended,
    created_at: ending.createdAt,
    created_by: toStoredText(ending.by),
    note: orNull(ending.note, toStoredText),
    finished_at: ending.finishedAt,
    version: ending.version,
  }
}
