import type { NewSessionEvent } from '../../model/session-event.ts'
import { toEventValues } from './event-row.ts'

/** A statement that adds one event to the audit log. */
export interface EventInsertStatement {
  /** The same for every event. */
  readonly text: string
  /** For its placeholders, in order. */
  readonly values: readonly (string | number | null)[]
}

const columns = {
  type: 'type',
  at: 'at',
  sessionId: 'session_id',
  deviceId: 'device_id',
  userId: 'user_id',
  actor: 'actor',
  request: 'request',
  before: '"before"',
  after: '"after"',
  reason: 'reason',
  device: 'device',
  facts: 'facts',
} as const

const names = Object.keys(columns) as (keyof typeof columns)[]

const text = `INSERT INTO session_events (${Object.values(columns).join(', ')})
 VALUES (${names.map(() => '?').join(', ')})`

/**
 * Adds an event of a change that the application itself makes in the same database file: run on its own connection,
 * in the transaction of that change, so that there is never one without the other.
 */
export function eventInsertStatement(event: NewSessionEvent): EventInsertStatement {
  const values = toEventValues(event) as Readonly<Record<string, string | number | null>>
  return { text, values: names.map((name) => values[name] ?? null) }
}
