import type { SQLOutputValue } from 'node:sqlite'
import type { Instant } from 'latchkey'
import type { AccountsDatabase } from './accounts-database.ts'
import type { ApiKey, ApiKeyStore } from './api-key-store.ts'
import { type AddEvent, addToAuditLog } from './sqlite-events.ts'

/** API keys in the program's SQLite file. */
export function sqliteApiKeyStore(
  database: AccountsDatabase,
  addEvent: AddEvent = addToAuditLog,
): ApiKeyStore {
  return {
    insert: async (key, keyHash, event) =>
      database.write((prepare) => {
        prepare(
          'INSERT INTO api_keys (id, name, key_hash, hint, created_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?)',
        ).run(key.id, key.name, keyHash, key.hint, key.createdAt, key.revokedAt)
        addEvent(prepare, event)
      }),
    findActive: async (keyHash) =>
      database.read((prepare) => {
        const row = prepare('SELECT * FROM api_keys WHERE key_hash = ? AND revoked_at IS NULL').get(keyHash)
        return row ? toApiKey(row) : null
      }),
    list: async () =>
      database.read((prepare) =>
        prepare('SELECT * FROM api_keys ORDER BY created_at, id').all().map(toApiKey),
      ),
    revoke: async (id, at, event) =>
      database.write((prepare) => {
        const { changes } = prepare(
          'UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL',
        ).run(at, id)
        if (changes === 1) addEvent(prepare, event)
        return changes === 1
      }),
  }
}

function toApiKey(row: Record<string, SQLOutputValue>): ApiKey {
  return {
    id: String(row['id']),
    name: String(row['name']),
    hint: String(row['hint']),
    createdAt: Number(row['created_at']) as Instant,
    revokedAt: row['revoked_at'] === null ? null : (Number(row['revoked_at']) as Instant),
  }
}
