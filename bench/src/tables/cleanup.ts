import { type CleanupCost, cleanupCosts, steady } from '../cleanup/cleanup-costs.ts'
import { type ExpiredSessions, expiredOnPostgres, expiredOnSqlite } from '../cleanup/expired-sessions.ts'
import { connections } from '../load/load-round.ts'
import { wrkVersion } from '../load/wrk-load.ts'
import { markdownTable, number, ratio } from '../markdown.ts'
import { atMost } from '../shown.ts'
import type { Pace, Table } from '../table.ts'

/** Of the 99th percentile without cleanup. */
const mostTimes = 1.2

export const cleanup: Table = {
  name: 'cleanup',
  needs: ['postgres'],
  async measure(pace) {
    const count = pace.length === 'short' ? 20_000 : 500_000
    const sqlite = await costsOn('SQLite', await expiredOnSqlite(count), pace)
    const postgres = await costsOn('PostgreSQL', await expiredOnPostgres(count), pace)
    const costs = [...sqlite, ...postgres]
    return {
      title: 'Verifying while expired sessions are ended',
      text: `The guard in a bare server over HTTP, among ${number(count)} sessions that have expired, with and without cleanup in the
background, one server after the other: at ${steady} requests a second whatever the answers take, and with ${connections} connections that ask without a pause.
The 99th percentile of milliseconds; and how many sessions a second cleanup ended meanwhile.

${markdownTable(
  ['p99 without', 'p99 with', 'ratio', 'ended/s'],
  costs.map((cost) => ({
    name: nameOf(cost),
    cells: [
      cost.p99Without.toFixed(2),
      cost.p99With.toFixed(2),
      ratio(cost.p99With / cost.p99Without),
      number(cost.endedPerSecond),
    ],
  })),
)}`,
      shown: costs.map((cost) =>
        atMost(
          `p99 of verifying while cleanup runs: ${nameOf(cost)}`,
          mostTimes,
          cost.p99With / cost.p99Without,
        ),
      ),
    }
  },
}

type EngineCost = CleanupCost & { readonly engine: string }

async function costsOn(engine: string, expired: ExpiredSessions, { length }: Pace): Promise<EngineCost[]> {
  const rounds = length === 'short' ? { count: 1, seconds: 3 } : { count: 7, seconds: 10 }
  const costs: CleanupCost[] = []
  for (const answers of ['cached', 'stored'] as const) {
    costs.push(...(await cleanupCosts(expired, answers, rounds, wrkVersion())))
  }
  expired.remove()
  return costs.map((cost) => ({ ...cost, engine }))
}

function nameOf({ engine, answers, load }: EngineCost): string {
  const from = answers === 'cached' ? 'from the cache' : 'from the storage'
  return `${engine}, ${from}, ${load === 'steady' ? `${steady}/s` : `${connections} connections`}`
}
