import type { Sessions } from 'latchkey'
import { quantile } from '../spread.ts'
import { askingUser, ownSessions, type Population } from './population.ts'

export interface QuestionCost {
  readonly question: string
  /** Microseconds with few, and with many other sessions in the table. */
  readonly few: number
  readonly many: number
}

interface Question {
  readonly name: string
  ask(sessions: Sessions): Promise<unknown>
}

/** Each is answered by the number of the user's sessions. */
const questions: readonly Question[] = [
  {
    name: 'getActiveSessionsByUser',
    ask: async (sessions) => (await sessions.getActiveSessionsByUser(askingUser)).length,
  },
  { name: 'getSessionCountByUser', ask: (sessions) => sessions.getSessionCountByUser(askingUser) },
  {
    name: 'getSessionAnalytics',
    ask: async (sessions) => (await sessions.getSessionAnalytics(askingUser)).activeSessions,
  },
]

/** What one user's questions cost among few and among many sessions of others, in turns. */
export async function questionCosts(
  few: Population,
  many: Population,
  rounds: number,
): Promise<QuestionCost[]> {
  const costs: QuestionCost[] = []
  for (const question of questions) {
    const times = { few: [] as number[], many: [] as number[] }
    for (let round = 0; round <= rounds; round += 1) {
      const [ofFew, ofMany] = [await timed(few, question), await timed(many, question)]
      if (round > 0) {
        times.few.push(ofFew)
        times.many.push(ofMany)
      }
    }
    const cost = { question: question.name, few: quantile(times.few, 0.5), many: quantile(times.many, 0.5) }
    process.stderr.write(`  ${cost.question}: ${cost.few.toFixed(1)} and ${cost.many.toFixed(1)} µs\n`)
    costs.push(cost)
  }
  return costs
}

async function timed({ sessions }: Population, question: Question): Promise<number> {
  const times = 500
  const start = performance.now()
  for (let index = 0; index < times; index += 1)
    if ((await question.ask(sessions)) !== ownSessions) throw new Error(`${question.name}: a wrong answer`)
  return ((performance.now() - start) * 1_000) / times
}
