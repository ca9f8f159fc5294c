import type { EventLog } from '../../ports/event-log.ts'
import { lockNumbering } from './advisory-locks.ts'
import type { Connection } from './connection.ts'
import { type EventRow, toEvent } from './row.ts'

/** Events that one statement numbers at most: some tens of milliseconds. Readers that are behind call for more. */
const numberedAtOnce = 5_000

/**
 * Events are written without a position. Whoever reads gives one to those that are committed: one reader at a
 * time, under a lock that is taken before the statement looks, so that positions appear in order although the
 * changes that wrote the events did not wait for one another.
 */
const numberWaiting = `${lockNumbering};
WITH waiting AS (
  SELECT entry, row_number() OVER (ORDER BY entry) AS place FROM (
    SELECT entry FROM session_events WHERE position IS NULL ORDER BY entry LIMIT ${numberedAtOnce}) AS oldest),
numbered AS (UPDATE session_events_numbered SET last = last + (SELECT count(*) FROM waiting) RETURNING last)
UPDATE session_events SET position = numbered.last - (SELECT count(*) FROM waiting) + waiting.place
FROM waiting, numbered WHERE session_events.entry = waiting.entry AND session_events.position IS NULL`

/** The newest position, and how many events have none yet, counted up to one statement's worth. */
export const logState: string = `SELECT last, (
    SELECT count(*) FROM (
      SELECT 1 FROM session_events WHERE position IS NULL LIMIT ${numberedAtOnce}) AS waiting) AS waiting
  FROM session_events_numbered`

export interface LogStateRow {
  readonly last: string
  readonly waiting: string
}

/** The log, and what changes wait for. */
export interface PostgresEventLog {
  readonly log: EventLog
  /**
   * Resolves when nobody is asking for the newest position. A change that begins after such a question is an event
   * after the answer, though the two travel on connections of their own.
   */
  settled(): Promise<unknown>
}

export function postgresEventLog(connection: Connection): PostgresEventLog {
  const asking = new Set<Promise<unknown>>()

  async function newest(): Promise<number> {
    await numberAll(connection)
    const [state] = await connection.all<LogStateRow>(logState)
    return Number(state?.last ?? 0)
  }

  const log: EventLog = {
    async read(after, limit) {
      for (;;) {
        const isAll = await numberSome(connection)
        const rows = await connection.all<EventRow>(readStatement, { after, limit })
        if (isAll || rows.length === limit) return rows.map(toEvent)
      }
    },

    latest() {
      const asked = newest()
      asking.add(asked)
      const forgetIt = (): void => void asking.delete(asked)
      asked.then(forgetIt, forgetIt)
      return asked
    },

    async forget(before, limit) {
      const gone = await connection.all(
        `DELETE FROM session_events WHERE (shard, entry) IN (
           SELECT shard, entry FROM session_events WHERE at < :before::bigint ORDER BY at LIMIT :limit::bigint)
         RETURNING 1`,
        { before, limit },
      )
      return gone.length
    },
  }
  return { log, settled: () => Promise.allSettled(asking) }
}

const readStatement = `SELECT position, type, at, session_id, user_id, actor, reason, device FROM session_events
  WHERE position > :after::bigint ORDER BY position LIMIT :limit::bigint`

/** Numbers what waits, up to one statement's worth; whether that was all. */
async function numberSome(connection: Connection): Promise<boolean> {
  const [state] = await connection.all<LogStateRow>(logState)
  const waiting = Number(state?.waiting ?? 0)
  if (waiting > 0) await connection.script(numberWaiting)
  return waiting < numberedAtOnce
}

async function numberAll(connection: Connection): Promise<void> {
  while (!(await numberSome(connection)));
}
