import { createSessions } from 'latchkey'
import { sqliteStorage } from 'latchkey/sqlite'
import { temporaryFolder } from '../temporary-folder.ts'
import { type Population, signInOften } from './population.ts'

const batch = 2_000

/** Filled through the library itself, so that indexes and counters are those of a real table. */
export async function sqlitePopulation(others: number): Promise<Population> {
  const folder = temporaryFolder()
  const sessions = await createSessions({
    storage: sqliteStorage(`${folder.path}/sessions.db`),
    cleanup: 'by-command',
  })
  for (let done = 0; done < others; done += batch) {
    const size = Math.min(batch, others - done)
    await Promise.all(
      Array.from({ length: size }, (_, index) =>
        sessions.createSession({ userId: `user-${(done + index) % 200_000}` }),
      ),
    )
    if (done % 200_000 === 0 && others > 100_000) process.stderr.write(`  ${done} of ${others} sessions\n`)
  }
  await signInOften(sessions)
  const close = async (): Promise<void> => {
    await sessions.close()
    folder.remove()
  }
  return { sessions, close }
}
