import { setTimeout as wait } from 'node:timers/promises'
import { type Node, requireRefused, withNodes } from './nodes.ts'

const endings = { callers: 4, pause: 10, duration: 4_000 }
const sessionCount = 2_000
/** So many are in the caches; more would make the preparation long and show no more. */
const warmSessions = 500

/** The longest of many endings, in milliseconds, during which one of three nodes was paused, or killed. */
export function longestEnding(signal: 'SIGSTOP' | 'SIGKILL', times: number): Promise<number> {
  return withNodes(2, async (nodes, startAnother) => {
    const longest: number[] = []
    let victim = await startAnother()
    for (let time = 0; time < times; time += 1) {
      if (time > 0 && signal === 'SIGKILL') victim = await startAnother()
      longest.push(await endWhileGone(nodes, victim, signal, 300 + time * 170))
      process.stderr.write(`  ${signal}: ${Math.round(longest.at(-1) ?? 0)} ms at the longest\n`)
    }
    return Math.max(...longest)
  })
}

async function endWhileGone(
  nodes: readonly Node[],
  victim: Node,
  signal: 'SIGSTOP' | 'SIGKILL',
  after: number,
): Promise<number> {
  const [first] = nodes
  if (first === undefined) throw new Error('No node')
  const created = await first.ask<'create'>({ task: 'create', count: sessionCount })
  const tokens = created.map(({ token }) => token)
  for (const node of [...nodes, victim])
    await node.ask<'warm'>({ task: 'warm', tokens: tokens.slice(0, warmSessions) })

  const ids = created.map(({ id }) => id)
  const ending = first.ask<'end'>({ task: 'end', ids, ...endings })
  await wait(after)
  victim.child.process.kill(signal)
  const { durations } = await ending
  if (signal === 'SIGSTOP') victim.child.process.kill('SIGCONT')

  const awake = signal === 'SIGSTOP' ? [...nodes, victim] : nodes
  await requireRefused(awake, tokens.slice(0, durations.length))
  return Math.max(...durations)
}
