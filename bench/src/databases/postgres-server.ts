import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { embeddedPostgres } from '../../../packages/latchkey/src/stores/postgres/embedded-postgres.fake.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { freePort } from './free-port.ts'
import type { RunningDatabase } from './running-database.ts'

/** As an operator would have it: durable (`fsync` and `synchronous_commit` are on by default), with some memory. */
const settings = ['max_connections=400', 'shared_buffers=256MB', 'max_wal_size=4GB']

const signIn = { user: 'latchkey', password: 'for-measuring-only' }

/** The PostgreSQL that comes as a package, with its data on the disk that is measured. */
export async function startedPostgres(): Promise<RunningDatabase> {
  const folder = folderOfCluster()
  const Cluster = await embeddedPostgres(folder.path)
  const port = await freePort()
  const cluster = new Cluster({
    databaseDir: join(folder.path, 'data'),
    port,
    ...signIn,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  })
  await cluster.initialise()
  await cluster.start()
  const url = `postgres://${signIn.user}:${signIn.password}@127.0.0.1:${port}/postgres`
  return {
    url,
    version: `PostgreSQL ${await durableVersion(url)}`,
    async stop() {
      await cluster.stop()
      folder.remove()
    },
  }
}

/** Refuses to measure a database that does not wait for the disk. */
async function durableVersion(url: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(
      `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
         current_setting('synchronous_commit') AS commit`,
    )
    const { version, fsync, commit } = rows[0] as { version: string; fsync: string; commit: string }
    if (fsync !== 'on' || commit !== 'on') throw new Error('PostgreSQL does not wait for the disk.')
    return version
  } finally {
    await client.end()
  }
}

/** PostgreSQL runs as another user where the bench runs as root, and that user has to get to the folder. */
function folderOfCluster(): { readonly path: string; remove(): void } {
  const own = temporaryFolder()
  if (process.getuid?.() !== 0) return own
  chmodSync(own.path, 0o755)
  if (isOpenToAll(own.path)) return own
  own.remove()
  const path = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  chmodSync(path, 0o755)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

function isOpenToAll(folder: string): boolean {
  if ((statSync(folder).mode & 0o001) === 0) return false
  return dirname(folder) === folder || isOpenToAll(dirname(folder))
}
