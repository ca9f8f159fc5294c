import type { NewSessionEvent } from 'latchkey'
import { eventInsertStatement } from 'latchkey/postgres'
import type { RunStatement } from './postgres-statements.ts'

/** As `addToAuditLog` of SQLite. A running node hears of it within a second. */
export async function addToAuditLog(run: RunStatement, event: NewSessionEvent): Promise<void> {
  const { text, values } = eventInsertStatement(event)
  await run(text, ...values)
}
