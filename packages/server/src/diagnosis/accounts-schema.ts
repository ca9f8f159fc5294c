import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { accountsError } from '../accounts/accounts-error.ts'
import { accountsMigrations } from '../accounts/accounts-migrations.ts'

/** Whether the file has the program's own tables as this version needs them. Changes nothing, as `sqliteStorage` with `read-only`. Throws `LatchkeyError` only. */
export function areAccountsMigrated(path: string): boolean {
  try {
    return hasNewestSchema(path)
  } catch (error) {
    throw accountsError(error)
  }
}

/** The name of the database in a file that is migrated; null where it has none yet. */
export function identityIn(path: string): string | null {
  try {
    return readFrom(path, (connection) => {
      const id = connection.prepare('SELECT id FROM database_identity').get()?.['id']
      return typeof id === 'string' ? id : null
    })
  } catch (error) {
    throw accountsError(error)
  }
}

function hasNewestSchema(path: string): boolean {
  return readFrom(path, (connection) => {
    const table = connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'program_schema'").get()
    if (!table) return false
    const newest = connection.prepare('SELECT max(version) AS version FROM program_schema').get()
    return newest?.['version'] === accountsMigrations.length
  })
}

function readFrom<Result>(path: string, read: (connection: DatabaseSync) => Result): Result {
  const location = pathToFileURL(path)
  if (!existsSync(`${path}-wal`)) location.searchParams.set('immutable', '1')
  const connection = new DatabaseSync(location, { readOnly: true, timeout: 5_000 })
  try {
    return read(connection)
  } finally {
    connection.close()
  }
}
