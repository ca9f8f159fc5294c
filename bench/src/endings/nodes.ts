import { type Child, startChild } from '../child-process.ts'
import { freshDatabase } from '../databases/fresh-database.ts'
import type { NodeAnswers, NodeRequest } from './node-request.ts'

/** A process with a cache, one of several on the same database. */
export interface Node {
  readonly child: Child
  ask<Task extends NodeRequest['task']>(
    request: Extract<NodeRequest, { task: Task }>,
  ): Promise<NodeAnswers[Task]>
}

/** Several nodes on a database of their own, while `work` needs them. */
export async function withNodes<Result>(
  count: number,
  work: (nodes: readonly Node[], startAnother: () => Promise<Node>) => Promise<Result>,
): Promise<Result> {
  const url = await freshDatabase()
  const nodes: Node[] = []
  const startAnother = async (): Promise<Node> => {
    const node = await startedNode(url)
    nodes.push(node)
    return node
  }
  try {
    for (let index = 0; index < count; index += 1) await startAnother()
    return await work([...nodes], startAnother)
  } finally {
    for (const { child } of nodes) {
      child.process.kill('SIGCONT')
      await child.close()
    }
  }
}

async function startedNode(url: string): Promise<Node> {
  const { child } = await startChild('endings/node-process.ts', [url])
  return {
    child,
    ask: async <Task extends NodeRequest['task']>(request: Extract<NodeRequest, { task: Task }>) =>
      (await child.ask(request)) as NodeAnswers[Task],
  }
}

/** The promise itself, looked at from everywhere: what has been acknowledged is refused. */
export async function requireRefused(nodes: readonly Node[], tokens: readonly string[]): Promise<void> {
  for (const node of nodes) {
    if ((await node.ask<'count-refused'>({ task: 'count-refused', tokens })) !== tokens.length)
      throw new Error('A node accepts a session after its ending was acknowledged')
  }
}
