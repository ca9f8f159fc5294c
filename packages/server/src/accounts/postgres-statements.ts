import { hash } from 'node:crypto'
import { LatchkeyError } from 'latchkey'
import { type PostgresConnection, type PostgresPool, postgresError } from 'latchkey/postgres'

/** Runs one statement with values for `$1`, `$2`, … and brings its rows. Rejects with a `LatchkeyError` only. */
export type RunStatement = <Row>(sql: string, ...values: readonly unknown[]) => Promise<readonly Row[]>

/** The program's own use of the database: its tables stand beside those of the sessions. */
export interface PostgresStatements {
  readonly run: RunStatement
  /**
   * One transaction: as a whole or not at all. Of those for which it matters who comes first (`write`), only one
   * runs at a time, whichever process it is in.
   */
  write<Result>(work: (run: RunStatement) => Promise<Result>): Promise<Result>
}

/**
 * The first halves of the keys of the program's advisory locks; the second is a hash of the schema, as with the
 * locks of the sessions. Arbitrary, and the same in every version.
 */
const accountsKey = 0x6c6b0101
const migrationKey = 0x6c6b0102

const lockAccounts = lockStatement(accountsKey)
export const lockProgramMigrations: string = lockStatement(migrationKey)

function lockStatement(key: number): string {
  return `SELECT pg_advisory_xact_lock(${key}, hashtext(current_schema()))`
}

export function postgresStatements(pool: PostgresPool): PostgresStatements {
  return {
    run: runOn(pool),
    write: (work) =>
      inTransaction(pool, async (run) => {
        await run(lockAccounts)
        return work(run)
      }),
  }
}

/** Each statement is prepared under a name of its own, the same in every process. */
function runOn(target: Pick<PostgresPool, 'query'>): RunStatement {
  return async <Row>(sql: string, ...values: readonly unknown[]) => {
    try {
      const { rows } = await target.query({ name: nameOf(sql), text: sql, values: [...values] })
      return rows as readonly Row[]
    } catch (thrown) {
      throw postgresError(thrown)
    }
  }
}

const names = new Map<string, string>()

function nameOf(sql: string): string {
  const known = names.get(sql)
  if (known !== undefined) return known
  const name = `latchkey_program_${hash('sha256', sql).slice(0, 20)}`
  names.set(sql, name)
  return name
}

/** A statement that comes after a lock sees what was committed before it: that is `READ COMMITTED`, whatever the database's own default is. */
export async function inTransaction<Result>(
  pool: PostgresPool,
  work: (run: RunStatement, connection: PostgresConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await taken(pool)
  // One that breaks between two statements says so here, and the next statement meets it.
  const ignore = (): void => {}
  connection.on('error', ignore)
  let isUsable = true
  try {
    await script(connection, 'BEGIN ISOLATION LEVEL READ COMMITTED')
    const result = await work(runOn(connection), connection)
    await script(connection, 'COMMIT')
    return result
  } catch (thrown) {
    isUsable = await script(connection, 'ROLLBACK').then(
      () => true,
      () => false,
    )
    throw thrown
  } finally {
    connection.off('error', ignore)
    connection.release(!isUsable)
  }
}

async function taken(pool: PostgresPool): Promise<PostgresConnection> {
  try {
    return await pool.connect()
  } catch (thrown) {
    throw postgresError(thrown)
  }
}

/** Any number of statements, without values. */
export async function script(target: Pick<PostgresPool, 'query'>, sql: string): Promise<void> {
  try {
    await target.query({ text: sql })
  } catch (thrown) {
    throw postgresError(thrown)
  }
}

/** PostgreSQL holds no text with U+0000, so that nothing can be found by one. */
export function canBeStored(text: string): boolean {
  return !text.includes('\0')
}

/** What a statement that always brings a row brought. */
export function onlyRow<Row>(rows: readonly Row[]): Row {
  const [row] = rows
  if (row === undefined) throw new LatchkeyError('storage-failed', 'The database left out a row.')
  return row
}
