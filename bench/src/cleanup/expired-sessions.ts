import { copyFileSync } from 'node:fs'
import { type Clock, createSessions, instantOf } from 'latchkey'
import { postgresStorage } from 'latchkey/postgres'
import { sqliteStorage } from 'latchkey/sqlite'
import { Client } from 'pg'
import { freshDatabase, poolOn } from '../databases/fresh-database.ts'
import { fillPostgres } from '../many-sessions/postgres-population.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** The same expired sessions, twice: what cleans up changes them. */
export interface ExpiredSessions {
  /** Files, or URLs of databases. */
  readonly places: readonly [string, string]
  remove(): void
}

const daysAgo = 60
const together = 2_000

/** Through the library, at a time that is long over. */
export async function expiredOnSqlite(count: number): Promise<ExpiredSessions> {
  const folder = temporaryFolder()
  const places = [`${folder.path}/one.db`, `${folder.path}/other.db`] as const
  const then = instantOf(Date.now() - daysAgo * 86_400_000)
  const clock: Clock = { now: () => then, monotonic: () => performance.now() }
  const sessions = await createSessions({ storage: sqliteStorage(places[0]), clock, cleanup: 'by-command' })
  for (let done = 0; done < count; done += together) {
    const users = Array.from({ length: Math.min(together, count - done) }, (_, index) => done + index)
    await Promise.all(users.map((user) => sessions.createSession({ userId: `user-${user % 200_000}` })))
  }
  // Whoever serves them has counted them long ago.
  await sessions.updateReports()
  await sessions.close()
  copyFileSync(...places)
  return { places, remove: folder.remove }
}

/** By SQL. They go with the cluster of the run. */
export async function expiredOnPostgres(count: number): Promise<ExpiredSessions> {
  const filled = await freshDatabase()
  const pool = poolOn(filled)
  await fillPostgres(pool, count, daysAgo)
  const sessions = await createSessions({ storage: postgresStorage(pool), cleanup: 'by-command' })
  // Whoever serves them has counted them long ago.
  await sessions.updateReports()
  await sessions.close()
  await pool.end()
  const copy = new URL(filled)
  copy.pathname = `${copy.pathname}_too`
  const client = new Client({ connectionString: new URL('/postgres', filled).href })
  await client.connect()
  await client.query(
    `CREATE DATABASE ${copy.pathname.slice(1)} TEMPLATE ${new URL(filled).pathname.slice(1)}`,
  )
  await client.end()
  return { places: [filled, copy.href], remove: () => {} }
}
