import { createSessions } from 'latchkey'
import { sqliteStorage } from 'latchkey/sqlite'
import type { Contestant } from '../contestant.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** Durable creates on SQLite (WAL, synchronous=FULL), with so many callers waiting at a time. */
export async function createWith(callers: number): Promise<Contestant> {
  const folder = temporaryFolder()
  const sessions = await createSessions({
    storage: sqliteStorage(`${folder.path}/sessions.db`),
    cleanup: 'by-command',
  })
  let user = 0
  return {
    run: async (times) => {
      let left = times
      const caller = async (): Promise<void> => {
        while (left > 0) {
          left -= 1
          user += 1
          const userId = `user-${user % 10_000}`
          const { session, token } = await sessions.createSession({ userId })
          if (session.userId !== userId || token === '') throw new Error('Wrong answer')
        }
      }
      await Promise.all(Array.from({ length: callers }, caller))
    },
    close: async () => {
      await sessions.close()
      folder.remove()
    },
  }
}
