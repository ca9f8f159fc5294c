import { type Child, startChild } from '../child-process.ts'
import { steadyLoad } from '../load/steady-load.ts'
import { wrkLoad } from '../load/wrk-load.ts'
import type { MeasuredServer } from '../servers/measured-server.ts'
import { quantile } from '../spread.ts'
import type { ExpiredSessions } from './expired-sessions.ts'

export interface CleanupCost {
  readonly answers: 'cached' | 'stored'
  readonly load: 'steady' | 'full'
  /** Milliseconds, medians of the rounds. */
  readonly p99Without: number
  readonly p99With: number
  /** How many sessions cleanup ended a second meanwhile. */
  readonly endedPerSecond: number
}

/** Requests a second under the steady load. */
export const steady = 500

interface Running {
  readonly child: Child
  readonly server: MeasuredServer
}

/** Two servers in turns, of which one cleans up; `wrk` is its version, null: no full load is put on them. */
export async function cleanupCosts(
  { places }: ExpiredSessions,
  answers: CleanupCost['answers'],
  rounds: { readonly count: number; readonly seconds: number },
  wrk: string | null,
): Promise<CleanupCost[]> {
  const without = await started([places[0], 'not-cleaning', answers])
  const cleaning = await started([places[1], 'cleaning', answers])
  // The first run begins after five seconds.
  await new Promise((resolve) => setTimeout(resolve, 7_000))
  const costs: CleanupCost[] = []
  for (const load of wrk === null ? (['steady'] as const) : (['steady', 'full'] as const)) {
    const p99 = loadOf(load, wrk ?? '')
    for (const { server } of [without, cleaning]) await p99(server, 1)
    const [p99s, ended]: [[number[], number[]], number[]] = [[[], []], []]
    for (let round = 0; round < rounds.count; round += 1) {
      p99s[0].push(await p99(without.server, rounds.seconds))
      const before = await endedOf(cleaning)
      const start = performance.now()
      p99s[1].push(await p99(cleaning.server, rounds.seconds))
      ended.push(((await endedOf(cleaning)) - before) / ((performance.now() - start) / 1_000))
    }
    const [p99Without, p99With] = p99s.map((values) => quantile(values, 0.5))
    costs.push({
      ...{ answers, load },
      ...{ p99Without: p99Without ?? Number.NaN, p99With: p99With ?? Number.NaN },
      endedPerSecond: quantile(ended, 0.5),
    })
    process.stderr.write(`  ${JSON.stringify(costs.at(-1))}\n`)
  }
  await without.child.close()
  await cleaning.child.close()
  return costs
}

async function started(words: readonly string[]): Promise<Running> {
  const { child, said } = await startChild('cleanup/cleaning-server.ts', words)
  return { child, server: said as MeasuredServer }
}

function loadOf(load: CleanupCost['load'], wrk: string) {
  return async (server: MeasuredServer, seconds: number): Promise<number> => {
    if (load === 'steady') return quantile(await steadyLoad(server, steady, seconds), 0.99)
    const generator = wrkLoad(wrk)
    await generator.firstRound('', server, 1)
    return (await generator.round('', server, seconds)).p99Milliseconds
  }
}

async function endedOf({ child }: Running): Promise<number> {
  return ((await child.ask('ended?')) as { readonly ended: number }).ended
}
