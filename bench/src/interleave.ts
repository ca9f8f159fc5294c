import { fileURLToPath } from 'node:url'
import { type Child, startChild } from './child-process.ts'
import type { RoundResult } from './contestant.ts'
import { isRunning, type Need } from './databases/running-database.ts'
import { type Spread, spreadOf } from './spread.ts'

export interface Entry {
  readonly name: string
  /** A file of `contestants/`. */
  readonly file: string
  /** Left out where that is not running. */
  readonly needs?: Need
}

export interface Measured {
  readonly name: string
  /** Operations a second. */
  readonly perSecond: Spread
}

export interface Rounds {
  readonly count: number
  /** In milliseconds. */
  readonly duration: number
}

/** Lets the contestants take turns, so that whatever else the machine does meets them all; the first round warms up. */
export async function interleave(entries: readonly Entry[], rounds: Rounds): Promise<Measured[]> {
  const running: { entry: Entry; child: Child; results: number[] }[] = []
  for (const entry of entries.filter(({ needs }) => needs === undefined || isRunning(needs))) {
    const file = fileURLToPath(new URL(`contestants/${entry.file}`, import.meta.url))
    const { child } = await startChild('contestant-process.ts', [file])
    running.push({ entry, child, results: [] })
  }
  for (let round = 0; round <= rounds.count; round += 1) {
    for (const { entry, child, results } of running) {
      const { perSecond } = (await child.ask({ duration: rounds.duration })) as RoundResult
      if (round > 0) results.push(perSecond)
      process.stderr.write(`  ${entry.name}: ${Math.round(perSecond)}/s\n`)
    }
  }
  for (const { child } of running) await child.close()
  return running.map(({ entry, results }) => ({ name: entry.name, perSecond: spreadOf(results) }))
}
