import { type Child, startChild } from '../child-process.ts'
import { isRunning, type Need } from '../databases/running-database.ts'
import type { Rounds } from '../interleave.ts'
import type { MeasuredServer } from '../servers/measured-server.ts'
import { type Spread, spreadOf } from '../spread.ts'
import { checkOnce } from './check-once.ts'
import type { LoadGenerator, LoadRound } from './load-round.ts'

export interface LoadedEntry {
  readonly name: string
  /** A file of `servers/`. */
  readonly file: string
  /** Left out where that is not running. */
  readonly needs?: Need
}

export interface Loaded {
  readonly name: string
  readonly requestsPerSecond: Spread
  readonly p99Milliseconds: Spread
}

interface RunningServer {
  readonly name: string
  readonly child: Child
  readonly server: MeasuredServer
  readonly results: LoadRound[]
}

/** Every server in a process of its own; they take turns under load. */
export async function loadInTurns(
  entries: readonly LoadedEntry[],
  rounds: Rounds,
  generator: LoadGenerator,
): Promise<Loaded[]> {
  const running: RunningServer[] = []
  for (const entry of entries.filter(({ needs }) => needs === undefined || isRunning(needs)))
    running.push(await started(entry))
  for (const one of running) await generator.firstRound(one.name, one.server, 1)
  for (let round = 0; round < rounds.count; round += 1) {
    for (const { name, server, results } of running) {
      const result = await generator.round(name, server, rounds.duration / 1_000)
      await checkOnce(name, server)
      process.stderr.write(`  ${name}: ${Math.round(result.requestsPerSecond)}/s\n`)
      results.push(result)
    }
  }
  for (const { child } of running) await child.close()
  return running.map(({ name, results }) => ({
    name,
    requestsPerSecond: spreadOf(results.map((result) => result.requestsPerSecond)),
    p99Milliseconds: spreadOf(results.map((result) => result.p99Milliseconds)),
  }))
}

async function started({ name, file }: LoadedEntry): Promise<RunningServer> {
  const { child, said } = await startChild(`servers/${file}`)
  const server = said as MeasuredServer
  await checkOnce(name, server)
  return { name, child, server, results: [] }
}
