import { performance } from 'node:perf_hooks'
import { excerptOf } from './history-excerpt.ts'
import { seededRandom, seedOfPart } from './seeded-random.ts'
import { tortureCluster } from './torture-cluster.ts'
import { TortureFigures } from './torture-figures.ts'
import { runRound } from './torture-round.ts'

export interface TortureOptions {
  readonly seed: number
  readonly nodes: number
  /** How long faults and load go on, in milliseconds: whole rounds, at least one. */
  readonly duration: number
  readonly print: (line: string) => void
}

/** In milliseconds. Longer: a violation is found later, and its history is longer. */
const quiet = 2_000
const stormy = 18_000

/** Rounds on one cluster until the time is over or something is wrong. All that is chosen comes from the seed; what it meets depends on the machine. */
export async function torture({ seed, nodes, duration, print }: TortureOptions): Promise<TortureFigures> {
  const cluster = await tortureCluster(nodes, seededRandom(seedOfPart(seed, 0)))
  const figures = new TortureFigures()
  const startedAt = performance.now()
  try {
    for (let number = 1; number === 1 || performance.now() - startedAt < duration; number += 1) {
      const name = `seed-${seed}-round-${number}`
      const left = duration - (performance.now() - startedAt) - quiet
      const plan = {
        name,
        seed: seedOfPart(seed, number),
        quiet,
        stormy: Math.max(0, Math.min(stormy, left)),
      }
      const round = await runRound(cluster, plan)
      figures.add(round)
      const seconds = Math.round((performance.now() - startedAt) / 1_000)
      print(
        `seed ${seed}, round ${number}, ${seconds} s: ${figures.verifies} verifies, ${figures.endings} endings, ${figures.violations} violations`,
      )
      if (figures.violations > 0) {
        for (const line of excerptOf(round)) print(line)
        break
      }
    }
  } finally {
    await cluster.dispose()
  }
  return figures
}
