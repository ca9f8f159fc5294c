import { DatabaseSync } from 'node:sqlite'
import { createSessions } from 'latchkey'
import { sqliteStorage } from 'latchkey/sqlite'
import type { Preparation } from '../contestant.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { touchByWriter } from './touch-by-writer.ts'
import { touchedSessions, touchInPasses } from './touch-in-passes.ts'

export const prepare: Preparation = async () => {
  const folder = temporaryFolder()
  const path = `${folder.path}/sessions.db`
  const storage = sqliteStorage(path)
  const sessions = await createSessions({ storage, cleanup: 'by-command' })
  const created = await Promise.all(
    Array.from({ length: touchedSessions }, (_, index) =>
      sessions.createSession({ userId: `user-${index}` }),
    ),
  )
  const ids = created.map(({ session }) => session.id)
  const watching = new DatabaseSync(path, { readOnly: true })
  const count = watching.prepare('SELECT count(*) AS count FROM user_sessions WHERE last_accessed = ?')
  return touchInPasses(
    touchByWriter(storage, ids),
    async (at) => Number(count.get(at)?.['count']),
    async () => {
      watching.close()
      await sessions.close()
      folder.remove()
    },
  )
}
