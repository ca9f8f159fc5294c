import { quantile } from '../spread.ts'
import type { SessionInHand } from './node-request.ts'
import { type Node, requireRefused, withNodes } from './nodes.ts'

export interface EndingLoad {
  /** At each node. */
  readonly callers: number
  readonly perSecond: number
  /** In milliseconds. */
  readonly p50: number
  readonly p99: number
}

/** More than a level can end; made before it begins. */
const sessionsPerSecond = 10_000
/** So many of each node's sessions are in the cache of another, and looked at there afterwards. */
const watchedSessions = 100

/** Every node ends sessions at once, by more callers from level to level. */
export function sustainedEndings(
  nodeCount: number,
  levels: readonly number[],
  duration: number,
): Promise<EndingLoad[]> {
  return withNodes(nodeCount, async (nodes) => {
    const loads: EndingLoad[] = []
    for (const callers of levels) {
      const load = await oneLevel(nodes, callers, duration)
      process.stderr.write(
        `  ${callers} callers at each node: ${Math.round(load.perSecond)}/s, p99 ${load.p99.toFixed(1)} ms\n`,
      )
      loads.push(load)
    }
    return loads
  })
}

async function oneLevel(nodes: readonly Node[], callers: number, duration: number): Promise<EndingLoad> {
  const count = Math.ceil((sessionsPerSecond * duration) / 1_000 / nodes.length)
  const created: (readonly SessionInHand[])[] = []
  for (const node of nodes) created.push(await node.ask<'create'>({ task: 'create', count }))
  const watched = created.map((sessions) => sessions.slice(0, watchedSessions).map(({ token }) => token))
  for (const [index, node] of nodes.entries())
    await node.ask<'warm'>({ task: 'warm', tokens: watched[(index + 1) % nodes.length] ?? [] })

  const ended = await Promise.all(
    nodes.map((node, index) => {
      const ids = created[index]?.map(({ id }) => id) ?? []
      return node.ask<'end'>({ task: 'end', ids, callers, pause: 0, duration })
    }),
  )
  for (const [index, node] of nodes.entries()) {
    const next = (index + 1) % nodes.length
    await requireRefused([node], watched[next]?.slice(0, ended[next]?.durations.length) ?? [])
  }
  const durations = ended.flatMap((times) => times.durations)
  const elapsed = Math.max(...ended.map((times) => times.elapsed))
  return {
    callers,
    perSecond: (durations.length * 1_000) / elapsed,
    p50: quantile(durations, 0.5),
    p99: quantile(durations, 0.99),
  }
}
