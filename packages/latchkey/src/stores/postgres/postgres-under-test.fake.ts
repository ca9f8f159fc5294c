import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Pool, type PoolConfig } from 'pg'
import { embeddedPostgres } from './embedded-postgres.fake.ts'
import { type Cluster, type ClusterSettings, installedPostgres } from './installed-postgres.fake.ts'

/** A PostgreSQL of a test file's own: real, on a free port, gone afterwards. */
export interface PostgresUnderTest {
  /** The settings of a pool whose tables are in a schema of their own, empty at first. */
  newSchema(): Promise<PoolConfig>
  start(): Promise<void>
  stop(): Promise<void>
  dispose(): Promise<void>
}

/** A cluster for tests need not survive the machine, so it does not wait for the disk. */
const forSpeed = ['fsync=off', 'full_page_writes=off', 'max_connections=200', 'shared_buffers=32MB'].flatMap(
  (setting) => ['-c', setting],
)

/** The folder of the programs of another PostgreSQL, such as `/usr/lib/postgresql/15/bin`. Unset: the package's own. */
const otherPrograms = process.env['LATCHKEY_TEST_POSTGRES_BIN']

const signIn = { user: 'latchkey', password: 'for-tests-only' }

export async function postgresUnderTest(): Promise<PostgresUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-postgres-'))
  // PostgreSQL refuses to run as root, so the data may be another user's, who has to get there.
  await chmod(folder, 0o755)
  const data = join(folder, 'data')
  const newCluster = await clustersOf(otherPrograms, folder)
  await severalTimes(() => newCluster(clusterIn(data, 0)).initialise())
  const { cluster, port } = await severalTimes(() => startedIn(newCluster, data))
  const place = { host: '127.0.0.1', port, database: 'postgres' }
  const database: PoolConfig = { ...signIn, ...place, connectionTimeoutMillis: 30_000 }
  const pool = newPool({ ...database, max: 1 })
  let schemas = 0
  return {
    async newSchema() {
      schemas += 1
      const schema = `case_${schemas}`
      await pool.query(`CREATE SCHEMA ${schema}`)
      return { ...database, options: `-c search_path=${schema}` }
    },
    start: () => cluster.start(),
    stop: () => cluster.stop(),
    async dispose() {
      await pool.end()
      await cluster.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A pool whose connections may break, as they do when the cluster is stopped. */
export function newPool(settings: PoolConfig): Pool {
  const pool = new Pool(settings)
  pool.on('error', () => {})
  return pool
}

/** Another process may take the port, or make the user that PostgreSQL runs as, in the same moment. */
export async function severalTimes<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let left = 5; left > 1; left -= 1) {
    try {
      return await attempt()
    } catch {
      await wait(500)
    }
  }
  return attempt()
}

type NewCluster = (settings: ClusterSettings) => Cluster

async function clustersOf(programs: string | undefined, folder: string): Promise<NewCluster> {
  if (programs !== undefined) return (settings) => installedPostgres(programs, settings)
  const Embedded = await embeddedPostgres(folder)
  return (settings) =>
    new Embedded({
      ...settings,
      initdbFlags: [...settings.initdbFlags],
      postgresFlags: [...settings.postgresFlags],
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      onLog: () => {},
      onError: () => {},
    })
}

async function startedIn(
  newCluster: NewCluster,
  data: string,
): Promise<{ readonly cluster: Cluster; readonly port: number }> {
  const port = await freePort()
  const cluster = newCluster(clusterIn(data, port))
  await cluster.start()
  return { cluster, port }
}

function clusterIn(databaseDir: string, port: number): ClusterSettings {
  const initdbFlags = ['--encoding=UTF8', '--locale=C', '--no-sync']
  return { databaseDir, port, ...signIn, initdbFlags, postgresFlags: forSpeed }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
