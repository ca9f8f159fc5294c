import { LatchkeyError } from '../../foundation/errors.ts'
import { lockMigrations } from './advisory-locks.ts'
import { checkServer } from './check-server.ts'
import { inTransaction, type Statements, statementsOn } from './connection.ts'
import { type TableLayout, userSessions } from './migrations/0001-user-sessions.ts'
import { sessionNodes } from './migrations/0002-session-nodes.ts'
import { userDevices } from './migrations/0003-user-devices.ts'
import { cutOffsAndAudit } from './migrations/0004-cut-offs-and-audit.ts'
import { reportsAndAlerts } from './migrations/0005-reports-and-alerts.ts'
import type { PostgresPool } from './postgres-pool.ts'

/** In order, each run once for a database. One that was released is never edited: another is added. */
const migrations: readonly ((layout: TableLayout) => string)[] = [
  userSessions,
  sessionNodes,
  userDevices,
  cutOffsAndAudit,
  reportsAndAlerts,
]

/** How the tables are laid out when they are made; of no effect on tables that are there. */
export interface PostgresMigrationOptions {
  /**
   * Into how many partitions by hash of `shard` `user_sessions` is divided; 0, the default: none. It cannot be
   * changed later without a copy of the table.
   */
  readonly partitions?: number
}

const ownTable = 'CREATE TABLE IF NOT EXISTS user_sessions_migrations (number integer PRIMARY KEY)'

/** The SQL of every migration in order, for those who run it themselves, as another user or with changes of their own. */
export function postgresMigrations(options: PostgresMigrationOptions = {}): string {
  const steps = migrations.map((_, index) => migrationText(index, options))
  return `BEGIN;\n${lockMigrations};\n${ownTable};\n${steps.join('\n')}\nCOMMIT;\n`
}

/**
 * Brings the schema up to date, in one transaction under an advisory lock: two that start at once do it once. A
 * schema that a newer version made is refused and left alone. Its tables go where the `search_path` of the
 * pool's connections says.
 */
export async function migratePostgres(
  pool: PostgresPool,
  options: PostgresMigrationOptions = {},
): Promise<void> {
  await checkServer(pool)
  // A user who may not make tables can still start on a schema that is there.
  if (refusedWhenNewer(await schemaVersion(statementsOn(pool))) === migrations.length) return
  await inTransaction(pool, async (statements) => {
    await statements.script(lockMigrations)
    // First, since only the making of a table makes a connection that waited forget that there was none.
    await statements.script(ownTable)
    const version = refusedWhenNewer(await newestMigration(statements))
    for (const [index] of migrations.entries()) {
      if (index >= version) await statements.script(migrationText(index, options))
    }
  })
}

/** Rejects a schema that this version cannot begin to work with. */
export async function requireCurrentSchema(pool: PostgresPool): Promise<void> {
  refusedWhenNewer(await requireSchema(pool))
}

/**
 * Rejects a schema that lacks something; gives its number. A newer one is fine for a node that runs: it was brought
 * up to date by the first of the nodes that take its place.
 */
export async function requireSchema(pool: PostgresPool): Promise<number> {
  const version = await schemaVersion(statementsOn(pool))
  if (version < migrations.length) {
    throw new LatchkeyError(
      'storage-failed',
      'The database does not have the schema that this version needs; bring it up to date (latchkey migrate, or migratePostgres).',
    )
  }
  return version
}

function migrationText(index: number, options: PostgresMigrationOptions): string {
  const sql = migrations[index]?.({ partitions: options.partitions ?? 0 }) ?? ''
  return `${sql.trim()}\nINSERT INTO user_sessions_migrations (number) VALUES (${index + 1});`
}

/** The number of the last migration; 0 where there is none. */
async function schemaVersion(statements: Statements): Promise<number> {
  const [found] = await statements.all<{ exists: boolean; encoding: string }>(
    `SELECT to_regclass('user_sessions_migrations') IS NOT NULL AS exists,
       current_setting('server_encoding') AS encoding`,
  )
  if (found?.encoding !== 'UTF8') {
    throw new LatchkeyError('storage-failed', 'The database must have the encoding UTF8.')
  }
  return found.exists ? newestMigration(statements) : 0
}

async function newestMigration(statements: Statements): Promise<number> {
  const [newest] = await statements.all<{ number: number | null }>(
    'SELECT max(number) AS number FROM user_sessions_migrations',
  )
  return newest?.number ?? 0
}

function refusedWhenNewer(version: number): number {
  if (version <= migrations.length) return version
  throw new LatchkeyError(
    'storage-too-new',
    `The database has schema ${version}, which a newer version made; this one knows schema ${migrations.length}. Update this one; nothing was changed.`,
  )
}
