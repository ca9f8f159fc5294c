import type { Preparation } from '../contestant.ts'
import { insertSession, plainSqliteFile } from '../databases/sqlite-file.ts'
import { plainDevice, plainRow } from '../session-row.ts'
import { touchedSessions, touchInPasses } from './touch-in-passes.ts'

/** One statement, and so one flush, for each session. */
export const prepare: Preparation = async () => {
  const { database, close } = await plainSqliteFile()
  const rows = Array.from({ length: touchedSessions }, (_, index) => plainRow(`user-${index}`))
  const insert = database.prepare(insertSession)
  database.exec('BEGIN')
  for (const row of rows) insert.run({ ...row, device: plainDevice })
  database.exec('COMMIT')
  const touch = database.prepare(
    `UPDATE user_sessions SET last_accessed = :at
     WHERE id = :id AND shard = :shard AND invalidated_at IS NULL
       AND (last_accessed IS NULL OR last_accessed < :at)`,
  )
  const count = database.prepare('SELECT count(*) AS count FROM user_sessions WHERE last_accessed = ?')
  return touchInPasses(
    async (at) => {
      for (const { id, shard } of rows) touch.run({ id, shard, at })
    },
    async (at) => Number(count.get(at)?.['count']),
    async () => close(),
  )
}
