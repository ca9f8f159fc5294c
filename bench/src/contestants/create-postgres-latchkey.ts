import { createSessions } from 'latchkey'
import { postgresStorage } from 'latchkey/postgres'
import type { Preparation } from '../contestant.ts'
import { freshDatabase, poolOn } from '../databases/fresh-database.ts'
import { byCallers } from './by-callers.ts'

/** Durable creates on PostgreSQL through the whole library, 64 callers at a time. */
export const prepare: Preparation = async () => {
  const pool = poolOn(await freshDatabase())
  const sessions = await createSessions({ storage: postgresStorage(pool), cleanup: 'by-command' })
  let created = 0
  return {
    run: byCallers(64, async (index) => {
      const userId = `user-${index % 10_000}`
      const { session, token } = await sessions.createSession({ userId })
      if (session.userId !== userId || token === '') throw new Error('Wrong answer')
      created += 1
    }),
    close: async () => {
      const { active } = await sessions.getTotals()
      if (active !== created) throw new Error('Not every session is there')
      await sessions.close()
      await pool.end()
    },
  }
}
