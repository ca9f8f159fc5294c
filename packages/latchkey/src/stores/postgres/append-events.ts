import type { NewSessionEvent } from '../../model/session-event.ts'
import type { Statements } from './connection.ts'
import { eventColumnTypes, newEventColumns, toEventValues } from './event-row.ts'

type Column = keyof typeof eventColumnTypes

const columns = Object.keys(eventColumnTypes) as Column[]

/** JSON comes as text, since a driver makes an array of objects into something else. */
const arrays = columns.map(
  (name) => `:${name}::${eventColumnTypes[name] === 'jsonb' ? 'text' : eventColumnTypes[name]}[]`,
)

const parsed = columns.map((name) => (eventColumnTypes[name] === 'jsonb' ? `${name}::jsonb` : name))

const appendStatement = `INSERT INTO session_events (${newEventColumns})
  SELECT ${parsed.join(', ')} FROM unnest(${arrays.join(', ')}) WITH ORDINALITY AS input (${newEventColumns}, nth)
  ORDER BY nth`

/** In their order, within a transaction or by themselves. */
export async function appendEvents(
  statements: Statements,
  events: readonly NewSessionEvent[],
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(toEventValues)
  const values = columns.map((name) => [name, rows.map((row) => row[name])])
  await statements.all(appendStatement, Object.fromEntries(values))
}
