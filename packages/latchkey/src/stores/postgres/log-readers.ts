import type { Instant } from '../../foundation/time.ts'
import type { Statements } from './connection.ts'
import { orNull } from './json-columns.ts'
import { type Big, toInstant } from './row.ts'

/** Who follows the log of events and keeps its place with what it makes of them. */
export type LogReader = 'rollups' | 'detectors'

interface ReaderRow {
  readonly position: Big
  readonly since: Big | null
}

const findStatement = 'SELECT position, since FROM session_log_readers WHERE reader = :reader::text'

const moveStatement = `UPDATE session_log_readers
  SET position = :upTo::bigint, since = least(since, :since::bigint)
  WHERE reader = :reader::text AND position = :after::bigint RETURNING 1`

const beginStatement = `INSERT INTO session_log_readers (reader, position, since)
  VALUES (:reader::text, :upTo::bigint, :since::bigint) ON CONFLICT (reader) DO NOTHING RETURNING 1`

/** Null where it has never begun. */
export async function reader(
  statements: Statements,
  reader: LogReader,
): Promise<{ readonly position: number; readonly since: Instant | null } | null> {
  const [row] = await statements.all<ReaderRow>(findStatement, { reader })
  return row ? { position: Number(row.position), since: orNull(row.since, toInstant) } : null
}

interface Move {
  readonly after: number
  readonly upTo: number
  /** Where a reader does not keep it, left out. */
  readonly since?: Instant
}

/**
 * Moves it on where it stands at `after`, and keeps others from moving it until the transaction ends. What has never begun
 * stands at 0, where `since` is given.
 */
export async function movedReader(
  statements: Statements,
  reader: LogReader,
  { after, upTo, since }: Move,
): Promise<boolean> {
  const values = { reader, after, upTo, since: since ?? null }
  if ((await statements.all(moveStatement, values)).length > 0) return true
  return after === 0 && since !== undefined && (await statements.all(beginStatement, values)).length > 0
}

/** Nothing is changed where it has begun. */
export async function beginReader(statements: Statements, reader: LogReader, upTo: number): Promise<void> {
  await statements.all(beginStatement, { reader, upTo, since: null })
}
