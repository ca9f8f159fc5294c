import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { LatchkeyError } from 'latchkey'
import { accountsError } from './accounts-error.ts'
import { accountsMigrations } from './accounts-migrations.ts'

/**
 * The program's own connection to the database file. Its transactions begin and end within one synchronous
 * turn, so that they never meet those of the sessions' connection in this process half-way.
 */
export interface AccountsDatabase {
  /** Runs the work in one write transaction: as a whole or not at all. Throws `LatchkeyError` only. */
  write<Result>(work: (prepare: Prepare) => Result): Result
  read<Result>(work: (prepare: Prepare) => Result): Result
  ping(): void
  close(): void
}

/** A statement, compiled once and kept. */
export type Prepare = (sql: string) => StatementSync

/** How long a writer of another process is waited for, as in `sqliteStorage`. */
const busyTimeoutMilliseconds = 5_000

/** Opens the file and brings the program's tables up to date, one process at a time. */
export function openAccountsDatabase(path: string): AccountsDatabase {
  let connection: DatabaseSync | null = null
  try {
    connection = new DatabaseSync(path, { timeout: busyTimeoutMilliseconds })
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;')
    migrate(connection)
    return accountsDatabase(connection)
  } catch (error) {
    connection?.close()
    throw accountsError(error)
  }
}

function migrate(connection: DatabaseSync): void {
  connection.exec('BEGIN IMMEDIATE')
  try {
    connection.exec('CREATE TABLE IF NOT EXISTS program_schema (version INTEGER NOT NULL) STRICT')
    const row = connection.prepare('SELECT max(version) AS version FROM program_schema').get()
    const version = Number(row?.['version'] ?? 0)
    if (version > accountsMigrations.length) {
      throw new LatchkeyError(
        'storage-too-new',
        'The database was written by a newer version of Latchkey; update this one. Nothing was changed.',
      )
    }
    for (const [index, sql] of accountsMigrations.entries()) {
      if (index < version) continue
      connection.exec(sql)
      connection.prepare('INSERT INTO program_schema (version) VALUES (?)').run(index + 1)
    }
    connection.exec('COMMIT')
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

function accountsDatabase(connection: DatabaseSync): AccountsDatabase {
  const statements = new Map<string, StatementSync>()
  const prepare: Prepare = (sql) => {
    const known = statements.get(sql)
    if (known) return known
    const statement = connection.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const guarded = <Result>(work: () => Result): Result => {
    if (!connection.isOpen) throw new LatchkeyError('closed', 'The accounts are closed.')
    try {
      return work()
    } catch (error) {
      throw accountsError(error)
    }
  }
  return {
    read: (work) => guarded(() => work(prepare)),
    write: (work) => guarded(() => transaction(connection, () => work(prepare))),
    ping: () => guarded(() => void prepare('SELECT count(*) FROM setup_links').get()),
    close: () => {
      if (connection.isOpen) connection.close()
    },
  }
}

function transaction<Result>(connection: DatabaseSync, work: () => Result): Result {
  connection.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    connection.exec('COMMIT')
    return result
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK')
    throw error
  }
}
