import { randomBytes } from 'node:crypto'
import { LatchkeyError } from 'latchkey'
import type { AccountsDatabase } from './accounts-database.ts'
import { onlyRow, type PostgresStatements } from './postgres-statements.ts'

interface Row {
  readonly id: string
}

/** The name that the database in the file was given when it was first opened; a copy of the file has it, too. */
export function sqliteDatabaseIdentity(database: AccountsDatabase): string {
  const find = () => database.read((prepare) => prepare('SELECT id FROM database_identity').get())
  const known = find()
  if (known) return String(known['id'])
  database.write((prepare) => prepare(firstIdentity('?')).run(newIdentity()))
  const made = find()
  if (made) return String(made['id'])
  throw new LatchkeyError('storage-failed', 'The database left out a row.')
}

/** As `sqliteDatabaseIdentity`, for the schema of a PostgreSQL database; a dump that is restored elsewhere has it, too. */
export async function postgresDatabaseIdentity(statements: PostgresStatements): Promise<string> {
  const known = await findPostgresIdentity(statements)
  if (known !== null) return known
  await statements.run(firstIdentity('$1'), newIdentity())
  return onlyRow(await statements.run<Row>(identities)).id
}

const identities = 'SELECT id FROM database_identity'

/** Null where it has none yet; gives it none. */
export async function findPostgresIdentity({ run }: PostgresStatements): Promise<string | null> {
  const [known] = await run<Row>(identities)
  return known?.id ?? null
}

/** Of several processes that are the first one at once, one names it. */
function firstIdentity(value: string): string {
  return `INSERT INTO database_identity (only_one, id) VALUES (1, ${value}) ON CONFLICT (only_one) DO NOTHING`
}

function newIdentity(): string {
  return randomBytes(16).toString('hex')
}
