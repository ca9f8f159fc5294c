import { LatchkeyError } from 'latchkey'
import { migratePostgres, type PostgresPool, postgresMigrations } from 'latchkey/postgres'
import { migratePostgresAccounts, printedAccountsMigrations } from '../accounts/postgres-accounts-schema.ts'
import { onlyRow, postgresStatements } from '../accounts/postgres-statements.ts'
import { startErrorOf } from './postgres-obstacle.ts'
import { lackingPrivileges, mayNotMigrate } from './postgres-privileges.ts'

export interface MigrateOptions {
  /** Into how many partitions `user_sessions` is divided when it is made. */
  readonly partitions: number
}

/** The SQL that brings a database up to date, for those who run it themselves. */
export function printedMigrations({ partitions }: MigrateOptions): string {
  return `${postgresMigrations({ partitions })}\n${printedAccountsMigrations()}`
}

/** Brings the tables of sessions and of the program up to date. Any number of nodes may do so at once. */
export async function migrateDatabase(pool: PostgresPool, { partitions }: MigrateOptions): Promise<void> {
  try {
    await migratePostgres(pool, { partitions })
    await migratePostgresAccounts(pool)
  } catch (thrown) {
    if (!isLackOfPrivilege(thrown)) throw thrown
    throw startErrorOf((await lackingPrivileges(pool)) ?? (await mayNotMigrate(pool)), thrown)
  }
}

function isLackOfPrivilege(thrown: unknown): boolean {
  const cause = thrown instanceof LatchkeyError ? thrown.cause : null
  return cause instanceof Error && 'code' in cause && cause.code === '42501'
}

/** How `user_sessions` is laid out: into how many partitions; 0: one table. Null: it is not there. */
export async function partitionsOf(pool: PostgresPool): Promise<number | null> {
  const { run } = postgresStatements(pool)
  const { partitions } = onlyRow(
    await run<{ readonly partitions: number | null }>(
      `SELECT CASE WHEN to_regclass('user_sessions') IS NULL THEN NULL ELSE
         (SELECT count(*)::integer FROM pg_inherits WHERE inhparent = to_regclass('user_sessions')) END AS partitions`,
    ),
  )
  return partitions
}
