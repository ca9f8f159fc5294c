import { LatchkeyError } from 'latchkey'
import type { PostgresPool } from 'latchkey/postgres'
import { postgresAccountsMigrations } from './postgres-accounts-migrations.ts'
import {
  inTransaction,
  lockProgramMigrations,
  onlyRow,
  postgresStatements,
  type RunStatement,
  script,
} from './postgres-statements.ts'

const newest = 'SELECT max(version) AS version FROM program_schema'
const ownTable = 'CREATE TABLE IF NOT EXISTS program_schema (version integer PRIMARY KEY)'

/** The SQL of every migration of the program's tables in order, for those who run it themselves. */
export function printedAccountsMigrations(): string {
  const steps = postgresAccountsMigrations.map((sql, index) => `${sql}\n${noted(index + 1)};\n`)
  return `BEGIN;\n${lockProgramMigrations};\n${ownTable};\n${steps.join('\n')}COMMIT;\n`
}

/**
 * Brings the program's tables up to date, in one transaction under an advisory lock. A schema that a newer
 * version made is refused and left alone. A user who may not make tables can start on a schema that is there.
 */
export async function migratePostgresAccounts(pool: PostgresPool): Promise<void> {
  if (await areAccountsUpToDate(pool)) return
  await inTransaction(pool, async (run, connection) => {
    await run(lockProgramMigrations)
    // First, since only the making of a table makes a connection that waited forget that there was none.
    await run(ownTable)
    const version = await newestVersion(run)
    for (const [index, sql] of postgresAccountsMigrations.entries()) {
      if (index < version) continue
      await script(connection, `${sql}\n${noted(index + 1)}`)
    }
  })
}

/** Rejects with `storage-too-new` where a newer version was at work. */
export async function areAccountsUpToDate(pool: PostgresPool): Promise<boolean> {
  const { run } = postgresStatements(pool)
  const { exists } = onlyRow(
    await run<{ readonly exists: boolean }>("SELECT to_regclass('program_schema') IS NOT NULL AS exists"),
  )
  return exists && (await newestVersion(run)) === postgresAccountsMigrations.length
}

/**
 * Rejects tables that lack what this version needs. A node in service is content with those that a newer version
 * has changed meanwhile, since migrations only add: otherwise the first new node would stop all the old ones.
 */
export async function requireAccounts(pool: PostgresPool): Promise<void> {
  const { run } = postgresStatements(pool)
  const [found] = await run<{ readonly version: number | null }>(newest)
  if ((found?.version ?? 0) < postgresAccountsMigrations.length) throw notUpToDate()
}

/** Rejects a schema that this version cannot work with, a newer one included. */
export async function requireCurrentAccounts(pool: PostgresPool): Promise<void> {
  if (!(await areAccountsUpToDate(pool))) throw notUpToDate()
}

function notUpToDate(): LatchkeyError {
  return new LatchkeyError(
    'storage-failed',
    'The tables of the program are not those that this version needs; bring them up to date (latchkey migrate).',
  )
}

async function newestVersion(run: RunStatement): Promise<number> {
  const { version } = onlyRow(await run<{ readonly version: number | null }>(newest))
  if (version === null || version <= postgresAccountsMigrations.length) return version ?? 0
  throw new LatchkeyError(
    'storage-too-new',
    'The database was written by a newer version of Latchkey; update this one. Nothing was changed.',
  )
}

function noted(version: number): string {
  return `INSERT INTO program_schema (version) VALUES (${version})`
}
