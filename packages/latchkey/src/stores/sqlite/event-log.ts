import type { NewSessionEvent } from '../../model/session-event.ts'
import type { EventLog } from '../../ports/event-log.ts'
import type { Connection } from './connection.ts'
import { eventInsertStatement } from './event-insert-statement.ts'
import { type EventRow, toEvent } from './event-row.ts'
import type { GroupCommit } from './group-commit.ts'
import { listEvents } from './list-events.ts'

const readOn = 'SELECT * FROM session_events WHERE position > :after ORDER BY position LIMIT :limit'

const countFirst =
  'SELECT count(*) AS count FROM (SELECT 1 FROM session_events WHERE position <= :upTo LIMIT :most)'

const forgetFirst = `DELETE FROM session_events WHERE position IN (
  SELECT position FROM session_events WHERE position <= :upTo ORDER BY position LIMIT :limit)`

/** There is one writer at a time and positions are given under its lock, so they appear in order. */
export function sqliteEventLog(connection: Connection, group: GroupCommit): EventLog {
  return {
    async read(after, limit) {
      return connection.all<EventRow>(readOn, { after, limit }).map(toEvent)
    },

    async latest() {
      const newest = connection.get<{ position: number | null }>(
        'SELECT max(position) AS position FROM session_events',
      )
      return newest?.position ?? 0
    },

    async countUpTo(upTo, most) {
      return connection.get<{ count: number }>(countFirst, { upTo, most })?.count ?? 0
    },

    async list(filter, page) {
      return listEvents(connection, filter, page)
    },

    async append(events) {
      await group.write(() => appendEvents(connection, events))
    },

    async forget(upTo, limit) {
      return group.write(() => connection.run(forgetFirst, { upTo, limit }))
    },
  }
}

/** Called inside the change that the events tell of. */
export function appendEvents(connection: Connection, events: readonly NewSessionEvent[]): void {
  for (const event of events) {
    const { text, values } = eventInsertStatement(event)
    connection.run(text, values)
  }
}
