import { quantile, type Spread, spreadOf } from '../spread.ts'
import { requireRefused, withNodes } from './nodes.ts'

export interface EndingCost {
  readonly nodes: number
  /** Medians in milliseconds. */
  readonly bare: number
  readonly acknowledged: number
  readonly afterCommit: number
  readonly p99: number
  /** Of the medians, round by round. */
  readonly ratio: Spread
}

/** What an ending costs that every node has confirmed, all caches warm, against the bare statement on the same rows. */
export function endingCost(count: number, rounds: number, endingsInRound: number): Promise<EndingCost> {
  return withNodes(count, async (nodes) => {
    const [first] = nodes
    if (first === undefined) throw new Error('No node')
    const all = {
      bare: [] as number[],
      acknowledged: [] as number[],
      afterCommit: [] as number[],
      ratios: [] as number[],
    }
    for (let round = 0; round <= rounds; round += 1) {
      const created = await first.ask<'create'>({ task: 'create', count: endingsInRound })
      const tokens = created.map(({ token }) => token)
      for (const node of nodes) await node.ask<'warm'>({ task: 'warm', tokens })
      const compared = await first.ask<'compare'>({ task: 'compare', ids: created.map(({ id }) => id) })
      requireConfirmed(compared.confirmedBy, count - 1)
      await requireRefused(nodes, tokens)
      if (round === 0) continue
      all.bare.push(...compared.bare)
      all.acknowledged.push(...compared.acknowledged)
      all.afterCommit.push(...compared.afterCommit)
      all.ratios.push(quantile(compared.acknowledged, 0.5) / quantile(compared.bare, 0.5))
    }
    const cost = {
      nodes: count,
      bare: quantile(all.bare, 0.5),
      acknowledged: quantile(all.acknowledged, 0.5),
      afterCommit: quantile(all.afterCommit, 0.5),
      p99: quantile(all.acknowledged, 0.99),
      ratio: spreadOf(all.ratios),
    }
    process.stderr.write(
      `  ${count} nodes: ${cost.acknowledged.toFixed(2)} ms, bare ${cost.bare.toFixed(2)} ms\n`,
    )
    return cost
  })
}

/** A node that loses its lease on a busy machine is fenced, and its ending slow; a few of those are told by the 99th percentile. */
function requireConfirmed(confirmedBy: readonly number[], others: number): void {
  const whole = confirmedBy.filter((confirmed) => confirmed === others).length
  if (whole < confirmedBy.length * 0.95)
    throw new Error(
      `Only ${whole} of ${confirmedBy.length} endings were confirmed by all ${others} other nodes`,
    )
}
