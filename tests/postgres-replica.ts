import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { PoolConfig } from 'pg'
import { newPool, type PostgresUnderTest } from './running-postgres.ts'

export interface PostgresReplica extends AsyncDisposable {
  readonly port: number
}

/** A standby made of a copy: it waits for more from a primary, and answers questions only. The original stands still while it is copied. */
export async function startReplica(
  original: PostgresUnderTest,
  settings: PoolConfig,
): Promise<PostgresReplica> {
  const { data, programs } = await foldersOf(settings)
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-replica-'))
  const copy = join(folder, 'data')
  await original.stop()
  await cp(data, copy, { recursive: true })
  await original.start()
  await writeFile(join(copy, 'standby.signal'), '')
  const owner = await stat(data)
  await giveTo(folder, owner)
  const port = await freePort()
  // A standby that allows fewer connections than its primary does not start.
  const words = ['-D', copy, '-p', String(port), '-k', folder, '-c', 'max_connections=200']
  const { uid, gid } = owner
  const child = spawn(join(programs, 'postgres'), words, {
    ...(process.getuid?.() === 0 && { uid, gid }),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await readyToAnswer(child)
  return {
    port,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.kill('SIGINT')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function foldersOf(
  settings: PoolConfig,
): Promise<{ readonly data: string; readonly programs: string }> {
  const pool = newPool(settings)
  const { rows } = await pool.query(
    `SELECT current_setting('data_directory') AS data, setting AS programs FROM pg_config WHERE name = 'BINDIR'`,
  )
  await pool.end()
  return rows[0]
}

/** PostgreSQL reads only what belongs to the user that it runs as. */
async function giveTo(folder: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  for (const path of [folder, ...names.map((name) => join(folder, name))]) await chown(path, uid, gid)
}

async function readyToAnswer(child: ChildProcess): Promise<void> {
  if (!child.stderr) return
  for await (const line of createInterface(child.stderr)) {
    if (line.includes('ready to accept')) break
  }
  child.stderr.resume()
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
