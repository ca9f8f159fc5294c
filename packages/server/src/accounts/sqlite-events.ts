import type { NewSessionEvent } from 'latchkey'
import { eventInsertStatement } from 'latchkey/sqlite'
import type { Prepare } from './accounts-database.ts'

/** Adds an event within the transaction of the change that it tells of. */
export type AddEvent = (prepare: Prepare, event: NewSessionEvent) => void

/** To the log of the same file, which `sqliteStorage` has made before. */
export const addToAuditLog: AddEvent = (prepare, event) => {
  const { text, values } = eventInsertStatement(event)
  prepare(text).run(...values)
}
