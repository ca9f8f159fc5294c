import { type Child, startChild } from '../child-process.ts'
import { steadyLoad } from '../load/steady-load.ts'
import { wrkLoad } from '../load/wrk-load.ts'
import type { MeasuredServer } from '../servers/measured-server.ts'
import { quantile, spreadOf } from '../spread.ts'
import type { ExpiredSessions } from './expired-sessions.ts'

export interface CleanupCost {
  readonly answers: 'cached' | 'stored'
  readonly load: 'steady' | 'full'
  /** Milliseconds: of all requests of the rounds together under the steady load, the median of the rounds under the full one. */
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
  /** Milliseconds: of each request under the steady load, the 99th percentile under the full one, whose tool tells no more. */
  readonly times: readonly number[]
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
      p99Without: p99Of(load, without),
      p99With: p99Of(load, cleaning),
      endedPerSecond: spreadOf(cleaning.map(({ endedPerSecond }) => endedPerSecond)).median,
    }
    process.stderr.write(`  ${JSON.stringify(cost)}\n`)
    return cost
  })
}

async function oneRound(running: Running, timesOf: TimesOf, seconds: number): Promise<Round> {
  await timesOf(running.server, 1)
  const [before, start] = [await endedOf(running), performance.now()]
  const times = await timesOf(running.server, seconds)
  const took = (performance.now() - start) / 1_000
  return { times, endedPerSecond: ((await endedOf(running)) - before) / took }
}

/** With its first run of cleanup behind it, which begins after five seconds. */
async function started(words: readonly string[]): Promise<Running> {
  const { child, said } = await startChild('cleanup/cleaning-server.ts', words)
  await new Promise((resolve) => setTimeout(resolve, 7_000))
  return { child, server: said as MeasuredServer }
}

/** Fewer than a hundred requests of a round are beyond it: rounds apart differ by more than is to be shown. */
function p99Of(load: Load, rounds: readonly Round[]): number {
  const times = rounds.flatMap((round) => round.times)
  return load === 'steady' ? quantile(times, 0.99) : spreadOf(times).median
}

type TimesOf = (server: MeasuredServer, seconds: number) => Promise<readonly number[]>

function loadOf(load: Load, wrk: string): TimesOf {
  return async (server, seconds) => {
    if (load === 'steady') return steadyLoad(server, steady, seconds)
    const generator = wrkLoad(wrk)
    await generator.firstRound('', server, 1)
    return [(await generator.round('', server, seconds)).p99Milliseconds]
  }
}

async function endedOf({ child }: Running): Promise<number> {
  return ((await child.ask('ended?')) as { readonly ended: number }).ended
}
