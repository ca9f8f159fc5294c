import { createSessions } from 'latchkey'
import { postgresStorage } from 'latchkey/postgres'
import type { Preparation } from '../contestant.ts'
import { freshDatabase, poolOn } from '../databases/fresh-database.ts'
import { countRows } from '../databases/plain-postgres.ts'
import { byCallers } from './by-callers.ts'
import { touchedSessions, touchInPasses } from './touch-in-passes.ts'

const touchOne = `UPDATE user_sessions SET last_accessed = $1 WHERE id = $2 AND shard = $3
  AND invalidated_at IS NULL AND (last_accessed IS NULL OR last_accessed < $1)`

/** One statement and one commit for each use, 64 callers at a time. */
export const prepare: Preparation = async () => {
  const pool = poolOn(await freshDatabase())
  const sessions = await createSessions({ storage: postgresStorage(pool), cleanup: 'by-command' })
  await Promise.all(
    Array.from({ length: touchedSessions }, (_, index) =>
      sessions.createSession({ userId: `user-${index}` }),
    ),
  )
  await sessions.close()
  const { rows } = await pool.query<{ id: string; shard: number }>('SELECT id, shard FROM user_sessions')
  let now = 0
  const touchAll = byCallers(64, async (index) => {
    const row = rows[index % touchedSessions]
    const values = [now, row?.id, row?.shard]
    const { rowCount } = await pool.query({ name: 'touch-one', text: touchOne, values })
    if (rowCount !== 1) throw new Error('Wrong answer')
  })
  return touchInPasses(
    async (at) => {
      now = at
      await touchAll(touchedSessions)
    },
    (at) => countRows(pool, 'user_sessions', 'last_accessed = $1', at),
    () => pool.end(),
  )
}
