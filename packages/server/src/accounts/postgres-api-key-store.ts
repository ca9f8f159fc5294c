import type { Instant } from 'latchkey'
import type { ApiKey, ApiKeyStore } from './api-key-store.ts'
import { addToAuditLog } from './postgres-events.ts'
import { canBeStored, type PostgresStatements } from './postgres-statements.ts'

interface Row {
  readonly id: string
  readonly name: string
  readonly hint: string
  readonly created_at: string
  readonly revoked_at: string | null
}

/** API keys in the program's tables of a PostgreSQL database. */
export function postgresApiKeyStore({ run, write }: PostgresStatements): ApiKeyStore {
  return {
    insert: (key, keyHash, event) =>
      write(async (locked) => {
        await locked(
          'INSERT INTO api_keys (id, name, key_hash, hint, created_at, revoked_at) VALUES ($1, $2, $3, $4, $5, $6)',
          key.id,
          key.name,
          keyHash,
          key.hint,
          key.createdAt,
          key.revokedAt,
        )
        await addToAuditLog(locked, event)
      }),
    findActive: async (keyHash) => {
      const [row] = await run<Row>(
        'SELECT * FROM api_keys WHERE key_hash = $1 AND revoked_at IS NULL',
        keyHash,
      )
      return row ? toApiKey(row) : null
    },
    list: async () => (await run<Row>('SELECT * FROM api_keys ORDER BY created_at, id')).map(toApiKey),
    revoke: async (id, at, event) =>
      canBeStored(id) &&
      write(async (locked) => {
        const revoked = await locked(
          'UPDATE api_keys SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL RETURNING id',
          at,
          id,
        )
        if (revoked.length === 1) await addToAuditLog(locked, event)
        return revoked.length === 1
      }),
  }
}

function toApiKey(row: Row): ApiKey {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    createdAt: Number(row.created_at) as Instant,
    revokedAt: row.revoked_at === null ? null : (Number(row.revoked_at) as Instant),
  }
}
