import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { type CoherenceFault, faultsOfCoherence } from './coherence-checker.ts'
import type { Operation } from './coherence-history.ts'
import { runLoad } from './coherence-load.ts'
import { runFaults, type SufferedFault } from './fault-schedule.ts'
import { type Load, newLoad } from './load-calls.ts'
import type { NodeFailure } from './node-commands.ts'
import type { NodeProcess } from './node-process.ts'
import { Recorder } from './recorded-node.ts'
import { seedOfPart } from './seeded-random.ts'
import type { TortureCluster } from './torture-cluster.ts'

/** A part of a run with sessions and a history of its own. */
export interface Round {
  readonly startedAt: number
  readonly history: readonly Operation[]
  readonly suffered: readonly SufferedFault[]
  readonly faults: readonly CoherenceFault[]
  readonly defects: readonly NodeFailure[]
  /** Nodes that did not answer from their caches again in good time once all was well. */
  readonly unrecovered: readonly string[]
}

export interface RoundPlan {
  readonly name: string
  readonly seed: number
  /** Without any fault at first, in milliseconds: endings are timed in it. */
  readonly quiet: number
  /** With faults after that, in milliseconds. */
  readonly stormy: number
}

/** Sessions that a node is asked about at a time, at the end of a round. */
const atOnce = 32

/** Longer than a start of the database and the longest wait before a lost connection is tried again; in milliseconds. */
const recovery = 30_000

export async function runRound(cluster: TortureCluster, plan: RoundPlan): Promise<Round> {
  const { nodes } = cluster
  const startedAt = performance.now()
  const recorder = new Recorder()
  const load = newLoad(nodes, recorder, plan.name)
  const suffered: SufferedFault[] = []
  const callers = runLoad(load, plan.seed)
  await wait(plan.quiet)
  await runFaults(cluster, seedOfPart(plan.seed, 1_000), performance.now() + plan.stormy, suffered)
  load.isOver = true
  await callers
  const unrecovered = await lookAtAll(load)
  const { history, defects } = recorder
  return { startedAt, history, suffered, faults: faultsOfCoherence(history), defects, unrecovered }
}

/** Every node is asked about every session, once it is well again: what was lost or lives again shows here. */
async function lookAtAll({ nodes, recorder, sessions }: Load): Promise<string[]> {
  const deadline = performance.now() + recovery
  const unrecovered: string[] = []
  await Promise.all(
    nodes.map(async (node) => {
      if (!(await isWellBy(deadline, node))) {
        unrecovered.push(node.name)
        return
      }
      for (let start = 0; start < sessions.all.length; start += atOnce) {
        const some = sessions.all.slice(start, start + atOnce)
        await Promise.all(some.map(({ token }) => recorder.ask(node, { kind: 'verify', token })))
      }
      for (const userId of new Set(sessions.all.map((session) => session.userId))) {
        await Promise.all((['list', 'count'] as const).map((kind) => recorder.ask(node, { kind, userId })))
      }
    }),
  )
  return unrecovered
}

/** It can reach its database, and answers from its cache again: a lease is held only by who can hear. */
async function isWellBy(deadline: number, node: NodeProcess): Promise<boolean> {
  while (performance.now() < deadline) {
    const state = await node.ask({ kind: 'state' })
    if (state?.kind === 'state' && state.lease === 'held') return true
    await wait(50)
  }
  return false
}
