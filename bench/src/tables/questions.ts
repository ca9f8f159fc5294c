import type { Population } from '../many-sessions/population.ts'
import { postgresPopulation } from '../many-sessions/postgres-population.ts'
import { type QuestionCost, questionCosts } from '../many-sessions/question-costs.ts'
import { sqlitePopulation } from '../many-sessions/sqlite-population.ts'
import { markdownTable, number, ratio } from '../markdown.ts'
import { atMost } from '../shown.ts'
import type { Pace, Table } from '../table.ts'

export const questions: Table = {
  name: 'questions',
  needs: ['postgres'],
  async measure(pace) {
    const [few, many] = pace.length === 'short' ? [1_000, 20_000] : [1_000, 1_000_000]
    const postgres = await costsOn(postgresPopulation, few, many, pace)
    const sqlite = await costsOn(sqlitePopulation, few, many, pace)
    const heads = [`${number(few)} others`, `${number(many)} others`, 'ratio']
    const lines = [...linesOf('PostgreSQL', postgres), ...linesOf('SQLite', sqlite)]
    return {
      title: "One user's questions among other sessions",
      text: `Microseconds a call, for a user with 5 live sessions, among ${number(few)} and among ${number(many)} live sessions of others;
the questions asked one after another.

${markdownTable(heads, lines)}`,
      shown: postgres.map(({ question, few: ofFew, many: ofMany }) =>
        atMost(
          `\`${question}\` on PostgreSQL among ${number(many)}, against ${number(few)}`,
          1.5,
          ofMany / ofFew,
        ),
      ),
    }
  },
}

async function costsOn(
  population: (others: number) => Promise<Population>,
  few: number,
  many: number,
  { length }: Pace,
): Promise<QuestionCost[]> {
  const [small, large] = [await population(few), await population(many)]
  const costs = await questionCosts(small, large, length === 'short' ? 2 : 7)
  await small.close()
  await large.close()
  return costs
}

function linesOf(engine: string, costs: readonly QuestionCost[]) {
  return costs.map(({ question, few, many }) => ({
    name: `\`${question}\`, ${engine}`,
    cells: [few.toFixed(1), many.toFixed(1), ratio(many / few)],
  }))
}
