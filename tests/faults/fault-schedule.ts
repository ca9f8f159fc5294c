import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { CrashingPostgres } from './crashing-postgres.ts'
import type { Affected, ProxyFault } from './fault-proxy.ts'
import type { NodeProcess } from './node-process.ts'
import { type SeededRandom, seededRandom, seedOfPart } from './seeded-random.ts'

/** One fault as it was. */
export interface SufferedFault {
  readonly kind: string
  /** The node, or `database`. */
  readonly on: string
  readonly startedAt: number
  /** Infinity while it goes on. */
  endedAt: number
}

/** What faults are made on. */
export interface Victims {
  readonly nodes: readonly NodeProcess[]
  readonly database: CrashingPostgres
}

/** A fault on a node: makes it, keeps it for a while and ends it. */
type Torment = (node: NodeProcess, random: SeededRandom) => Promise<void>

/** In milliseconds; half of the pauses are longer than a lease of two seconds. */
const shortest = 50
const longest = 3_500

const torments: Readonly<Record<string, Torment>> = {
  kill: async (node, random) => {
    await node.kill()
    await wait(random.between(0, 1_500))
    await node.start()
  },
  pause: async (node, random) => {
    node.pause()
    await wait(random.between(shortest, longest + 1_000))
    node.resume()
  },
  hang: byProxy((random) => ({
    kind: 'hang',
    direction: random.of(['both', 'requests', 'answers']),
    on: 'all',
  })),
  'hang-listening': byProxy((random) => ({
    kind: 'hang',
    direction: random.of(['both', 'requests', 'answers']),
    on: 'listening',
  })),
  'hang-others': byProxy((random) => ({
    kind: 'hang',
    direction: random.of(['both', 'answers']),
    on: 'others',
  })),
  reset: byProxy(() => ({ kind: 'reset', on: 'all' })),
  'reset-listening': byProxy(() => ({ kind: 'reset', on: 'listening' })),
  'cut-answers': byProxy((random) => ({ kind: 'cut-answer', on: someOf(random) }), 300),
  slow: byProxy((random) => ({ kind: 'slow', mostDelay: random.between(5, 200), on: 'all' })),
  'slow-others': byProxy((random) => ({ kind: 'slow', mostDelay: random.between(5, 60), on: 'others' })),
  'slow-listening': byProxy((random) => ({
    kind: 'slow',
    mostDelay: random.between(5, 400),
    on: 'listening',
  })),
  // It loses its ears for a moment only, and what it had asked for before comes when it hears again.
  'deaf-for-a-moment': async ({ proxy }, random) => {
    const slow: ProxyFault[] = [
      { kind: 'slow', mostDelay: random.between(300, 900), on: 'others' },
      { kind: 'slow', mostDelay: random.of([0, 500]), on: 'listening' },
    ]
    proxy.suffer(...slow)
    await wait(random.between(shortest, 400))
    proxy.suffer({ kind: 'reset', on: 'listening' }, ...slow)
    await wait(shortest)
    proxy.suffer(...slow)
    await wait(random.between(shortest, 1_500))
    proxy.suffer()
  },
}

/** What is drawn from: nodes that die or stop are the commonest trouble. */
const kinds: readonly string[] = [...Object.keys(torments), 'kill', 'pause', 'pause']

/** How often the database crashes among the faults. */
const crashShare = 0.06

function someOf(random: SeededRandom): Affected {
  return random.of<Affected>(['all', 'listening', 'others'])
}

function byProxy(fault: (random: SeededRandom) => ProxyFault, most: number = longest): Torment {
  return async ({ proxy }, random) => {
    proxy.suffer(fault(random))
    await wait(random.between(shortest, most))
    proxy.suffer()
  }
}

/** Two faults at a time, on different nodes, one after the other until the time is over. All have ended when it resolves. */
export async function runFaults(
  victims: Victims,
  seed: number,
  until: number,
  suffered: SufferedFault[],
): Promise<void> {
  const busy = new Set<NodeProcess>()
  await Promise.all(
    [0, 1].map(async (part) => {
      const random = seededRandom(seedOfPart(seed, part))
      while (performance.now() < until) {
        await oneFault(victims, random, busy, suffered)
        await wait(random.between(0, 800))
      }
    }),
  )
}

async function oneFault(
  { nodes, database }: Victims,
  random: SeededRandom,
  busy: Set<NodeProcess>,
  suffered: SufferedFault[],
): Promise<void> {
  if (random.isBelow(crashShare)) return crash(database, random, suffered)
  const free = nodes.filter((node) => !busy.has(node))
  const kind = random.of(kinds)
  const torment = torments[kind]
  if (free.length === 0 || torment === undefined) return
  const node = random.of(free)
  busy.add(node)
  await noted(suffered, kind, node.name, () => torment(node, random))
  busy.delete(node)
}

let crashing: Promise<void> | null = null

/** One crash at a time: whoever wants another one waits for the one that is under way instead. */
async function crash(
  database: CrashingPostgres,
  random: SeededRandom,
  suffered: SufferedFault[],
): Promise<void> {
  crashing ??= noted(suffered, 'database-crash', 'database', async () => {
    await database.crash()
    await wait(random.between(0, 1_000))
    await database.start()
  }).finally(() => {
    crashing = null
  })
  await crashing
}

async function noted(
  suffered: SufferedFault[],
  kind: string,
  on: string,
  work: () => Promise<void>,
): Promise<void> {
  const fault: SufferedFault = { kind, on, startedAt: performance.now(), endedAt: Number.POSITIVE_INFINITY }
  suffered.push(fault)
  await work()
  fault.endedAt = performance.now()
}
