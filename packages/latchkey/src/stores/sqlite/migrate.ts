import { setTimeout as wait } from 'node:timers/promises'
import { LatchkeyError } from '../../foundation/errors.ts'
import type { Connection } from './connection.ts'
import { userSessions } from './migrations/0001-user-sessions.ts'
import { userDevices } from './migrations/0002-user-devices.ts'
import { attackResistance } from './migrations/0003-attack-resistance.ts'
import { reportsAndAlerts } from './migrations/0004-reports-and-alerts.ts'

/** In order, each run once for a database. One that was released is never edited: another is added. */
const migrations: readonly string[] = [userSessions, userDevices, attackResistance, reportsAndAlerts]

/**
 * Readers do not wait for writers; a commit is on the disk when it returns; what is deleted is overwritten, since
 * forgetting a user is a promise; 16 MB of pages stay in memory, which spares a large table most reads of its
 * upper index pages.
 */
const settings =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000'

/** 40 times 50 ms: for two seconds and a little a start waits for another process that migrates the same file. */
const attempts = 40
const pauseInMilliseconds = 50

/**
 * Brings the schema up to date, step by step in one exclusive transaction. A file that a newer version wrote is
 * refused before anything in it is changed.
 */
export async function migrate(connection: Connection): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return migrateOnce(connection)
    } catch (thrown) {
      const busy = thrown instanceof LatchkeyError && thrown.code === 'storage-busy'
      if (!busy || attempt === attempts) throw thrown
    }
    await wait(pauseInMilliseconds)
  }
}

/** Rejects a schema that this version cannot work with. */
export function requireCurrentSchema(connection: Connection): void {
  const version = schemaVersion(connection)
  refuseNewer(version)
  if (version < migrations.length) {
    throw new LatchkeyError('storage-failed', 'The database file has not been brought up to date.')
  }
}

function migrateOnce(connection: Connection): void {
  const version = schemaVersion(connection)
  refuseNewer(version)
  connection.script(settings)
  if (version === migrations.length) return
  connection.script('BEGIN EXCLUSIVE')
  try {
    applyMissing(connection)
    connection.script('COMMIT')
  } catch (thrown) {
    if (connection.inTransaction()) connection.script('ROLLBACK')
    throw thrown
  }
}

/** Looks again under the lock: another process may have done it meanwhile. */
function applyMissing(connection: Connection): void {
  const version = schemaVersion(connection)
  refuseNewer(version)
  connection.script('CREATE TABLE IF NOT EXISTS user_sessions_migrations (number INTEGER PRIMARY KEY) STRICT')
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue
    connection.script(sql)
    connection.run('INSERT INTO user_sessions_migrations (number) VALUES (:number)', { number: index + 1 })
  }
}

/** The number of the last migration; 0 for an empty file. */
function schemaVersion(connection: Connection): number {
  const table = connection.get(
    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'user_sessions_migrations'",
  )
  if (!table) return 0
  const newest = connection.get<{ number: number | null }>(
    'SELECT max(number) AS number FROM user_sessions_migrations',
  )
  return newest?.number ?? 0
}

function refuseNewer(version: number): void {
  if (version <= migrations.length) return
  throw new LatchkeyError(
    'storage-too-new',
    `The database file has schema ${version}, which a newer version made; this one knows schema ${migrations.length}.`,
  )
}
