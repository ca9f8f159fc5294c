import type { Instant } from '../../foundation/time.ts'
import type { Connection } from './connection.ts'

/** Who follows the event log. */
export type LogReader = 'rollups' | 'detectors'

interface ReaderRow {
  readonly position: number
  readonly since: Instant | null
}

/** Null where it has never begun. */
export function readerOf(connection: Connection, reader: LogReader): ReaderRow | null {
  const sql = 'SELECT position, since FROM session_log_readers WHERE reader = :reader'
  const row = connection.get<ReaderRow>(sql, { reader })
  return row ? { position: row.position, since: row.since } : null
}

/** Moves one that is at `after`. False where it is elsewhere; inside a change. */
export function moveReader(
  connection: Connection,
  reader: LogReader,
  after: number,
  upTo: number,
  since: Instant | null,
): boolean {
  const moved = connection.run(
    `UPDATE session_log_readers SET position = :upTo, since = coalesce(min(since, :since), since, :since)
     WHERE reader = :reader AND position = :after`,
    { reader, after, upTo, since },
  )
  return moved > 0
}

/** Nothing is changed where it has begun. */
export function beginReader(connection: Connection, reader: LogReader, position: number): void {
  connection.run(
    `INSERT INTO session_log_readers (reader, position) VALUES (:reader, :position)
     ON CONFLICT (reader) DO NOTHING`,
    { reader, position },
  )
}
