import type { DataKeyStore, SealedTable, StoredDataKey } from '../../ports/data-key-store.ts'
import { lockDataKeys } from './advisory-locks.ts'
import type { Connection } from './connection.ts'
import { type Big, toInstant } from './row.ts'
import type { Values } from './statement.ts'

interface DataKeyRow {
  readonly id: string
  readonly sealed_table: SealedTable
  readonly wrapped: Uint8Array
  readonly created_at: Big
}

const added = ':id::text, :sealed_table::text, :wrapped::bytea, :created_at::bigint'

const into = 'INSERT INTO session_data_keys (id, sealed_table, wrapped, created_at)'

const addWhereNone = `${into}
  SELECT ${added} WHERE NOT EXISTS (SELECT 1 FROM session_data_keys WHERE sealed_table = :sealed_table::text) RETURNING 1`

export function postgresDataKeyStore(connection: Connection): DataKeyStore {
  return {
    async list() {
      const rows = await connection.all<DataKeyRow>(
        'SELECT id, sealed_table, wrapped, created_at FROM session_data_keys ORDER BY created_at, id',
      )
      return rows.map(toKey)
    },

    // Of two who see no key, the second looks again once the first is done.
    addFirst: (key) =>
      connection.transaction(async (statements) => {
        await lockDataKeys(statements)
        return (await statements.all(addWhereNone, valuesOf(key))).length > 0
      }),

    add: async (key) => void (await connection.all(`${into} VALUES (${added})`, valuesOf(key))),

    async remove(id) {
      return (
        (await connection.all('DELETE FROM session_data_keys WHERE id = :id::text RETURNING 1', { id }))
          .length > 0
      )
    },
  }
}

function toKey(row: DataKeyRow): StoredDataKey {
  return {
    id: row.id,
    table: row.sealed_table,
    wrapped: Uint8Array.from(row.wrapped),
    createdAt: toInstant(row.created_at),
  }
}

function valuesOf({ id, table, wrapped, createdAt }: StoredDataKey): Values {
  return { id, sealed_table: table, wrapped, created_at: createdAt }
}
