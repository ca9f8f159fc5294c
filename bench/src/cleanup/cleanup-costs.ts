import { type Child, startChild } from '../child-process.ts'
import { steadyLoad } from '../load/steady-load.ts'
import { wrkLoad } from '../load/wrk-load.ts'
import type { MeasuredServer } from '../servers/measured-server.ts'
import { quantile, spreadOf } from '../spread.ts'
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

type Load = CleanupCost['load']

interface Round {
  readonly p99: number
  readonly endedPerSecond: number
}

/** One server at a time, in turns without and with cleanup; `wrk` is its version, null: no full load is put on them. */
export async function cleanupCosts(
  { places }: ExpiredSessions,
  answers: CleanupCost['answers'],
  rounds: { readonly count: number; readonly seconds: number },
  wrk: string | null,
): Promise<CleanupCost[]> {
  const loads: readonly Load[] = wrk === null ? ['steady'] : ['steady', 'full']
  const found = loads.map((load) => ({ load, without: [] as Round[], cleaning: [] as Round[] }))
  for (let round = 0; round < rounds.count; round += 1) {
    for (const [place, mode] of [[places[0], 'without'] as const, [places[1], 'cleaning'] as const]) {
      const running = await started([place, mode, answers])
      for (const of of found)
        of[mode].push(await oneRound(running, loadOf(of.load, wrk ?? ''), rounds.seconds))
      await running.child.close()
    }
  }
  return found.map(({ load, without, cleaning }) => {
    const cost = {
      ...{ answers, load },
      p99Without: spreadOf(without.map(({ p99 }) => p99)).median,
      p99With: spreadOf(cleaning.map(({ p99 }) => p99)).median,
      endedPerSecond: spreadOf(cleaning.map(({ endedPerSecond }) => endedPerSecond)).median,
    }
    process.stderr.write(`  ${JSON.stringify(cost)}\n`)
    return cost
  })
}

async function oneRound(running: Running, p99Of: P99Of, seconds: number): Promise<Round> {
  await p99Of(running.server, 1)
  const [before, start] = [await endedOf(running), performance.now()]
  const p99 = await p99Of(running.server, seconds)
  const took = (performance.now() - start) / 1_000
  return { p99, endedPerSecond: ((await endedOf(running)) - before) / took }
}

/** With its first run of cleanup behind it, which begins after five seconds. */
async function started(words: readonly string[]): Promise<Running> {
  const { child, said } = await startChild('cleanup/cleaning-server.ts', words)
  await new Promise((resolve) => setTimeout(resolve, 7_000))
  return { child, server: said as MeasuredServer }
}

type P99Of = (server: MeasuredServer, seconds: number) => Promise<number>

function loadOf(load: Load, wrk: string): P99Of {
  return async (server, seconds) => {
    if (load === 'steady') return quantile(await steadyLoad(server, steady, seconds), 0.99)
    const generator = wrkLoad(wrk)
    await generator.firstRound('', server, 1)
    return (await generator.round('', server, seconds)).p99Milliseconds
  }
}

async function endedOf({ child }: Running): Promise<number> {
  return ((await child.ask('ended?')) as { readonly ended: number }).ended
}
