import type { EventLog } from '../../ports/event-log.ts'
import { lockNumbering } from './advisory-locks.ts'
import type { Connection, Statements } from './connection.ts'
import { type EventRow, toEvent } from './row.ts'

/** Events that one statement numbers at most: some tens of milliseconds. Readers that are behind call for more. */
const numberedAtOnce = 5_000

const columns = 'type, at, session_id, device_id, user_id, shard, actor, reason, device_type, browser, os'

/**
 * Events are written without a position. Whoever reads moves those that are committed into the log and gives them
 * one there: one reader at a time, under a lock that is taken before the statement looks, so that positions appear
 * in order although the changes that wrote the events did not wait for one another.
 */
const numberWaiting = `${lockNumbering};
WITH waiting AS (
  DELETE FROM session_events WHERE entry <= (
    SELECT max(entry) FROM (SELECT entry FROM session_events ORDER BY entry LIMIT ${numberedAtOnce}) AS oldest)
  RETURNING entry, ${columns}),
numbered AS (UPDATE session_events_numbered SET last = last + (SELECT count(*) FROM waiting) RETURNING last)
INSERT INTO session_event_log (position, ${columns})
SELECT last - (SELECT count(*) FROM waiting) + row_number() OVER (ORDER BY entry), ${columns}
FROM waiting, numbered ORDER BY entry`

/**
 * The newest position, and how many events have none yet, counted up to one statement's worth: along the index,
 * which knows which of its entries are of no interest any more.
 */
export const logState: string = `SELECT last, (
    SELECT count(*) FROM (
      SELECT entry FROM session_events ORDER BY entry LIMIT ${numberedAtOnce}) AS waiting) AS waiting
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
      await numberAll(connection)
      const gone = await connection.all(
        `DELETE FROM session_event_log WHERE (position, shard) IN (
           SELECT position, shard FROM session_event_log WHERE at < :before::bigint
           ORDER BY at LIMIT :limit::bigint)
         RETURNING 1`,
        { before, limit },
      )
      return gone.length
    },
  }
  return { log, settled: () => Promise.allSettled(asking) }
}

const readStatement = `SELECT position, type, at, session_id, device_id, user_id, actor, reason, device_type,
    browser, os
  FROM session_event_log
  WHERE position > :after::bigint ORDER BY position LIMIT :limit::bigint`

/** Numbers what waits, up to one statement's worth; whether that was all. */
async function numberSome(connection: Statements): Promise<boolean> {
  const [state] = await connection.all<LogStateRow>(logState)
  const waiting = Number(state?.waiting ?? 0)
  if (waiting > 0) await connection.script(numberWaiting)
  return waiting < numberedAtOnce
}

/** Moves everything that is committed into the log. */
export async function numberAll(connection: Statements): Promise<void> {
  while (!(await numberSome(connection)));
}
