import { freshDatabase } from '../databases/fresh-database.ts'
import { type Entry, interleave } from '../interleave.ts'
import { markdownTable, number, operations, ratio, timesAsQuick } from '../markdown.ts'
import { filledProgram } from '../reports/filled-program.ts'
import { type PageCost, pageCosts } from '../reports/page-costs.ts'
import { atLeast, type Shown } from '../shown.ts'
import type { Pace, Table } from '../table.ts'

/** Of creates without reports and detectors: 15 % slower at most. */
const leastShare = 0.85

const plain = (engine: string): string => `creates on ${engine}, no reports`
const reported = (engine: string): string => `creates on ${engine}, rollups and detectors beside them`

const entries: readonly Entry[] = [
  { name: plain('SQLite'), file: 'create-sqlite-request.ts' },
  { name: reported('SQLite'), file: 'create-sqlite-reported.ts' },
  { name: plain('PostgreSQL'), file: 'create-postgres-request.ts', needs: 'postgres' },
  { name: reported('PostgreSQL'), file: 'create-postgres-reported.ts', needs: 'postgres' },
]

export const reports: Table = {
  name: 'reports',
  needs: ['postgres'],
  async measure(pace) {
    const measured = await interleave(entries, longer(pace))
    const count = pace.length === 'short' ? 5_000 : 1_000_000
    const sqlite = await costsOn(null, count, pace)
    const postgres = await costsOn(await freshDatabase(), count, pace)
    return {
      title: 'Reports and the pages of administrators',
      text: `64 callers sign in with an address and a user agent, without and with the worker that counts and examines every event;
it yields to them, and follows when there is time.

${operations(measured, 'sessions/s', 'of the first')}

Milliseconds of an answer over HTTP, one question after another, of the program on ${number(count)} sessions and a tenth as many
users, made by \`latchkey demo --sessions ${count}\`.

${markdownTable(
  ['median', '95 %', 'limit', 'median of the limit'],
  [...linesOf('SQLite', sqlite), ...linesOf('PostgreSQL', postgres)],
)}`,
      shown: [
        ...['SQLite', 'PostgreSQL'].map((engine) =>
          atLeast(
            `creates on ${engine} with rollups and detectors, against creates without`,
            leastShare,
            timesAsQuick(measured, reported(engine), plain(engine)),
          ),
        ),
        ...shownOf('SQLite', sqlite),
        ...shownOf('PostgreSQL', postgres),
      ],
    }
  },
}

/** The worker rests between batches: a round must hold several of both. */
function longer({ rounds }: Pace): Pace['rounds'] {
  return { count: rounds.count, duration: rounds.duration * 4 }
}

async function costsOn(database: string | null, count: number, { length }: Pace): Promise<PageCost[]> {
  const program = await filledProgram(database, count)
  const costs = await pageCosts(program, length === 'short' ? 3 : 15)
  await program.close()
  return costs
}

function linesOf(engine: string, costs: readonly PageCost[]) {
  return costs.map(({ name, cost, worst, most }) => ({
    name: `${name}, ${engine}`,
    cells: [cost.toFixed(2), worst.toFixed(2), String(most), ratio(cost / most)],
  }))
}

function shownOf(engine: string, costs: readonly PageCost[]): Shown[] {
  return costs.map(({ name, cost, most }) => ({
    what: `${name}, on ${engine}`,
    target: `at most ${most} ms`,
    figure: `${cost.toFixed(2)} ms (${ratio(cost / most)} of it)`,
    isMet: cost <= most,
  }))
}
