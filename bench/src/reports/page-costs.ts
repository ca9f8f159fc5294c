import { quantile } from '../spread.ts'
import type { FilledProgram } from './filled-program.ts'

/** A page of the console, or a number on it. */
export interface PageQuestion {
  readonly name: string
  /** Null: the library is asked how many sessions are active. */
  readonly path: string | null
  /** In milliseconds, of the answer over HTTP. */
  readonly most: number
}

const sessions = (filter: string): string =>
  `/api/v1/admin/sessions?limit=50&filter=${encodeURIComponent(filter)}`

/** The last 90 days. */
function analytics(groupBy: string): string {
  const [from, to] = [90, 0].map((days) => new Date(Date.now() - days * 86_400_000).toISOString())
  return `/api/v1/admin/analytics?from=${from}&to=${to}&interval=day&group_by=${groupBy}`
}

export const pageQuestions: readonly PageQuestion[] = [
  { name: 'overview', path: '/api/v1/admin/overview', most: 50 },
  { name: 'active sessions, by the library', path: null, most: 1 },
  { name: 'explorer: country and browser', path: sessions('country:NO browser:Firefox'), most: 100 },
  { name: 'explorer: system and kind of device', path: sessions('os:Android type:mobile'), most: 100 },
  { name: 'explorer: live, of a country', path: sessions('state:live country:KE'), most: 100 },
  { name: 'explorer: two that never meet', path: sessions('os:iOS browser:Edge'), most: 100 },
  { name: 'explorer: young, of a country', path: sessions('created:<7d country:JP'), most: 100 },
  { name: 'explorer: of a network, on phones', path: sessions('network:64496 type:mobile'), most: 100 },
  { name: 'explorer: at risk and live', path: sessions('risk:medium state:live'), most: 100 },
  { name: 'explorer: all but a country', path: sessions('-country:NO state:live'), most: 100 },
  { name: 'page of a user', path: '/api/v1/admin/users/customer-11000', most: 100 },
  { name: 'alerts', path: '/api/v1/admin/alerts?state=open&limit=50', most: 100 },
  { name: '90 days by day and country', path: analytics('country'), most: 100 },
  { name: '90 days by day and browser', path: analytics('browser'), most: 100 },
]

export interface PageCost extends PageQuestion {
  /** Median, in milliseconds. */
  readonly cost: number
  /** 95th percentile. */
  readonly worst: number
}

/** Asked one after another; the first rounds warm up. */
export async function pageCosts(program: FilledProgram, rounds: number): Promise<PageCost[]> {
  const times = pageQuestions.map((question) => ({ question, taken: [] as number[] }))
  for (let round = -2; round < rounds; round += 1) {
    for (const { question, taken } of times) {
      const start = performance.now()
      await (question.path === null ? program.activeSessions() : program.get(question.path))
      if (round >= 0) taken.push(performance.now() - start)
    }
  }
  return times.map(({ question, taken }) => {
    const cost = { ...question, cost: quantile(taken, 0.5), worst: quantile(taken, 0.95) }
    process.stderr.write(`  ${cost.name}: ${cost.cost.toFixed(2)} ms, 95 %: ${cost.worst.toFixed(2)} ms\n`)
    return cost
  })
}
