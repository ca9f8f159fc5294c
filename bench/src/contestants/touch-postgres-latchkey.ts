import { createSessions } from 'latchkey'
import { postgresStorage } from 'latchkey/postgres'
import type { Preparation } from '../contestant.ts'
import { freshDatabase, poolOn } from '../databases/fresh-database.ts'
import { countRows } from '../databases/plain-postgres.ts'
import { touchByWriter } from './touch-by-writer.ts'
import { touchedSessions, touchInPasses } from './touch-in-passes.ts'

export const prepare: Preparation = async () => {
  const pool = poolOn(await freshDatabase())
  const storage = postgresStorage(pool)
  const sessions = await createSessions({ storage, cleanup: 'by-command' })
  const created = await Promise.all(
    Array.from({ length: touchedSessions }, (_, index) =>
      sessions.createSession({ userId: `user-${index}` }),
    ),
  )
  const ids = created.map(({ session }) => session.id)
  return touchInPasses(
    touchByWriter(storage, ids),
    (at) => countRows(pool, 'user_sessions', 'last_accessed = $1', at),
    async () => {
      await sessions.close()
      await pool.end()
    },
  )
}
