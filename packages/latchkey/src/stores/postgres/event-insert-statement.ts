import type { NewSessionEvent } from '../../model/session-event.ts'
import { eventColumnTypes, toEventValues } from './event-row.ts'

/** A statement that adds one event to the audit log. */
export interface EventInsertStatement {
  /** The same for every event. */
  readonly text: string
  /** For `$1`, `$2`, …. */
  readonly values: readonly unknown[]
}

const columns = Object.entries(eventColumnTypes)

const text = `INSERT INTO session_events (${columns.map(([name]) => name).join(', ')})
VALUES (${columns.map(([, type], index) => `$${index + 1}::${type}`).join(', ')})`

/**
 * Adds an event of a change that the application itself makes in the same database and schema: run in the transaction of
 * that change, so that there is never one without the other. Live pages hear of it within a second.
 */
export function eventInsertStatement(event: NewSessionEvent): EventInsertStatement {
  const values = toEventValues(event)
  return { text, values: columns.map(([name]) => values[name as keyof typeof values]) }
}
