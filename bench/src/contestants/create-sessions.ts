import { createSessions } from 'latchkey'
import { sqliteStorage } from 'latchkey/sqlite'
import type { Contestant } from '../contestant.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { byCallers } from './by-callers.ts'

/** Durable creates on SQLite (WAL, synchronous=FULL), with so many callers waiting at a time. */
export async function createWith(callers: number): Promise<Contestant> {
  const folder = temporaryFolder()
  const sessions = await createSessions({
    storage: sqliteStorage(`${folder.path}/sessions.db`),
    cleanup: 'by-command',
  })
  return {
    run: byCallers(callers, async (index) => {
      const userId = `user-${index % 10_000}`
      const { session, token } = await sessions.createSession({ userId })
      if (session.userId !== userId || token === '') throw new Error('Wrong answer')
    }),
    close: async () => {
      await sessions.close()
      folder.remove()
    },
  }
}
