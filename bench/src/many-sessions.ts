import { createSessions, type Sessions } from 'latchkey'
import { sqliteStorage } from 'latchkey/sqlite'
import { median } from './median.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface QuestionCost {
  readonly question: string
  /** Microseconds with few, and with many other sessions in the table. */
  readonly few: number
  readonly many: number
}

const userId = 'the-user-who-asks'
const ownSessions = 5
const questions: readonly {
  readonly name: string
  ask(sessions: Sessions): Promise<unknown>
  readonly answer: unknown
}[] = [
  {
    name: 'getActiveSessionsByUser',
    ask: async (sessions) => (await sessions.getActiveSessionsByUser(userId)).length,
    answer: ownSessions,
  },
  {
    name: 'getSessionCountByUser',
    ask: (sessions) => sessions.getSessionCountByUser(userId),
    answer: ownSessions,
  },
  {
    name: 'getSessionAnalytics',
    ask: async (sessions) => (await sessions.getSessionAnalytics(userId)).activeSessions,
    answer: ownSessions,
  },
]

interface Population {
  readonly sessions: Sessions
  close(): Promise<void>
}

/** What one user's questions cost among `few` and among `many` sessions of others, in turns, on SQLite. */
export async function questionCosts(few: number, many: number, rounds: number): Promise<QuestionCost[]> {
  const small = await populated(few)
  const large = await populated(many)
  const costs: QuestionCost[] = []
  for (const question of questions) {
    const times = { few: [] as number[], many: [] as number[] }
    for (let round = 0; round <= rounds; round += 1) {
      const [ofFew, ofMany] = [await timed(small, question), await timed(large, question)]
      if (round > 0) {
        times.few.push(ofFew)
        times.many.push(ofMany)
      }
    }
    costs.push({ question: question.name, few: median(times.few), many: median(times.many) })
    process.stderr.write(
      `  ${question.name}: ${median(times.few).toFixed(1)} and ${median(times.many).toFixed(1)} µs\n`,
    )
  }
  await small.close()
  await large.close()
  return costs
}

/** Filled through the library itself, so that indexes and counters are those of a real table. */
async function populated(others: number): Promise<Population> {
  const folder = temporaryFolder()
  const sessions = await createSessions({
    storage: sqliteStorage(`${folder.path}/sessions.db`),
    cleanup: 'by-command',
  })
  const batch = 2_000
  for (let done = 0; done < others; done += batch) {
    const size = Math.min(batch, others - done)
    await Promise.all(
      Array.from({ length: size }, (_, index) =>
        sessions.createSession({ userId: `user-${(done + index) % 200_000}` }),
      ),
    )
    if (done % 100_000 === 0 && others > 100_000) process.stderr.write(`  ${done} of ${others} sessions\n`)
  }
  for (let own = 0; own < ownSessions; own += 1) await sessions.createSession({ userId })
  const close = async (): Promise<void> => {
    await sessions.close()
    folder.remove()
  }
  return { sessions, close }
}

async function timed({ sessions }: Population, question: (typeof questions)[number]): Promise<number> {
  const times = 500
  const start = performance.now()
  for (let index = 0; index < times; index += 1)
    if ((await question.ask(sessions)) !== question.answer)
      throw new Error(`${question.name}: a wrong answer`)
  return ((performance.now() - start) * 1_000) / times
}
