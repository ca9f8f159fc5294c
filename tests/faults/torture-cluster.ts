import { type CrashingPostgres, crashingPostgres } from './crashing-postgres.ts'
import { faultProxy } from './fault-proxy.ts'
import { NodeProcess } from './node-process.ts'
import type { SeededRandom } from './seeded-random.ts'

/** Nodes on one database, each behind a proxy of its own. */
export interface TortureCluster {
  readonly database: CrashingPostgres
  readonly nodes: readonly NodeProcess[]
  dispose(): Promise<void>
}

export async function tortureCluster(size: number, random: SeededRandom): Promise<TortureCluster> {
  const database = await crashingPostgres()
  const nodes: NodeProcess[] = []
  const cluster = { database, nodes, dispose: () => dispose(database, nodes) }
  try {
    for (let number = 1; number <= size; number += 1) {
      nodes.push(new NodeProcess(`node-${number}`, await faultProxy(database.port, () => random.next())))
    }
    await Promise.all(nodes.map((node) => node.start()))
    return cluster
  } catch (error) {
    await cluster.dispose()
    throw error
  }
}

async function dispose(database: CrashingPostgres, nodes: readonly NodeProcess[]): Promise<void> {
  await Promise.all(nodes.map((node) => node.kill()))
  await Promise.all(nodes.map(({ proxy }) => proxy.close()))
  await database.dispose()
}
