import type { Storage } from 'latchkey/ports'
import { postgresStorage } from 'latchkey/postgres'
import { sqliteStorage } from 'latchkey/sqlite'
import { newPool } from '../running-postgres.ts'

/** A storage that another process is told of by one word. */
export interface OpenedStorage {
  readonly storage: Storage
  /** After the sessions on it are closed. */
  end(): Promise<void>
}

/** By the address of a PostgreSQL (`postgres://…`), or else the path of a file. */
export function openedByWord(word: string): OpenedStorage {
  if (!word.startsWith('postgres://')) return { storage: sqliteStorage(word), end: async () => undefined }
  const pool = newPool({ connectionString: word, max: 8 })
  return { storage: postgresStorage(pool), end: () => pool.end() }
}
