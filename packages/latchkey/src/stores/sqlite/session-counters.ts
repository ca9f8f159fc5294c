import type { EndReason } from '../../model/session.ts'
import type { SessionTotals } from '../../model/session-statistics.ts'
import type { Connection } from './connection.ts'
import { endingsOf } from './ended-columns.ts'

/** Called inside the change that is counted, so that a counter and the rows never tell different stories. */
export function addToCounter(connection: Connection, name: 'created' | EndReason, by: number): void {
  connection.run(
    `INSERT INTO session_counters (name, value) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET value = value + excluded.value`,
    [name, by],
  )
}

/** What was created and has not ended is active: the difference is computed, not counted a second time. */
export function readTotals(connection: Connection): SessionTotals {
  const rows = connection.all<{ name: string; value: number }>('SELECT name, value FROM session_counters')
  const values = new Map(rows.map((row) => [row.name, row.value]))
  const created = values.get('created') ?? 0
  const ended = endingsOf((reason) => values.get(reason) ?? 0)
  const endedSum = Object.values(ended).reduce((sum, count) => sum + count, 0)
  return { active: created - endedSum, created, ended }
}
