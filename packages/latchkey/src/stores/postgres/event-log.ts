import type { Page, PageRequest } from '../../foundation/page.ts'
import type { EventFilter, SessionEvent } from '../../model/session-event.ts'
import type { EventLog } from '../../ports/event-log.ts'
import { lockNumbering } from './advisory-locks.ts'
import { appendEvents } from './append-events.ts'
import { telling } from './changes.ts'
import type { Connection, Statements } from './connection.ts'
import { listEventsStatement } from './event-query.ts'
import { type EventRow, eventColumns, newEventColumns, toEvent } from './event-row.ts'

/** Events that one statement numbers at most: some tens of milliseconds. Readers that are behind call for more. */
const numberedAtOnce = 5_000

/**
 * Events are written without a position. Whoever reads moves those that are committed into the log and gives them
 * one there: one reader at a time, under a lock that is taken before the statement looks, so that positions appear
 * in order although the changes that wrote the events did not wait for one another.
 */
const numberWaiting = `${lockNumbering};
WITH waiting AS (
  DELETE FROM session_events WHERE entry <= (
    SELECT max(entry) FROM (SELECT entry FROM session_events ORDER BY entry LIMIT ${numberedAtOnce}) AS oldest)
  RETURNING entry, ${newEventColumns}),
numbered AS (UPDATE session_events_numbered SET last = last + (SELECT count(*) FROM waiting) RETURNING last)
INSERT INTO session_event_log (position, ${newEventColumns})
SELECT last - (SELECT count(*) FROM waiting) + row_number() OVER (ORDER BY entry), ${newEventColumns}
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

/** `changed` is called once events were appended. */
export function postgresEventLog(connection: Connection, changed: () => void): PostgresEventLog {
  const asking = new Set<Promise<unknown>>()
  const settled = (): Promise<unknown> => Promise.allSettled(asking)

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

    list: (filter, page) => listEvents(connection, filter, page),

    append: (events) => telling({ settled }, changed, () => appendEvents(connection, events)),

    ...forgetting(connection),
  }
  return { log, settled }
}

function forgetting(connection: Connection): Pick<EventLog, 'countUpTo' | 'forget'> {
  return {
    async countUpTo(upTo, most) {
      await numberAll(connection)
      const [row] = await connection.all<{ count: string }>(countStatement, { upTo, most })
      return Number(row?.count ?? 0)
    },

    async forget(upTo, limit) {
      await numberAll(connection)
      return (await connection.all(forgetStatement, { upTo, limit })).length
    },
  }
}

async function listEvents(
  connection: Connection,
  filter: EventFilter,
  page: PageRequest,
): Promise<Page<SessionEvent>> {
  const { sql, values } = listEventsStatement(filter, page)
  await numberAll(connection)
  const events = (await connection.all<EventRow>(sql, values)).map(toEvent)
  const items = events.slice(0, page.limit)
  const last = items.at(-1)
  return { items, next: last && events.length > items.length ? `${last.position}` : null }
}

const forgetStatement = `DELETE FROM session_event_log WHERE (position, shard) IN (
    SELECT position, shard FROM session_event_log WHERE position <= :upTo::bigint
    ORDER BY position LIMIT :limit::bigint)
  RETURNING 1`

const countStatement = `SELECT count(*) AS count FROM (
  SELECT FROM session_event_log WHERE position <= :upTo::bigint ORDER BY position LIMIT :most::bigint) AS old`

const readStatement = `SELECT ${eventColumns} FROM session_event_log
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
