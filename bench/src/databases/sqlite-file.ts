import { DatabaseSync } from 'node:sqlite'
import { sqliteStorage } from 'latchkey/sqlite'
import { temporaryFolder } from '../temporary-folder.ts'

/** A file with Latchkey's schema, opened without Latchkey: WAL, and each commit flushed as Latchkey does. */
export async function plainSqliteFile(): Promise<{ readonly database: DatabaseSync; close(): void }> {
  const folder = temporaryFolder()
  const path = `${folder.path}/sessions.db`
  const storage = sqliteStorage(path)
  await storage.open()
  await storage.close()
  const database = new DatabaseSync(path, { allowUnknownNamedParameters: true })
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000')
  return {
    database,
    close() {
      database.close()
      folder.remove()
    },
  }
}

export const insertSession = `INSERT INTO user_sessions (id, user_id, device_info, created_at, expires_at, shard, secret_hash, version,
     authenticated_at, amr)
   VALUES (:id, :userId, :device, :createdAt, :expiresAt, :shard, :secretHash, 1, :createdAt, '[]')`
