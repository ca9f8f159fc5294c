import type { Instant } from '../../foundation/time.ts'
import type { DataKeyStore, SealedTable, StoredDataKey } from '../../ports/data-key-store.ts'
import type { Connection, Values } from './connection.ts'
import type { GroupCommit } from './group-commit.ts'

interface KeyRow {
  readonly id: string
  readonly sealed_table: SealedTable
  readonly wrapped: Uint8Array
  readonly created_at: Instant
}

const insertInto = 'INSERT INTO session_data_keys (id, sealed_table, wrapped, created_at)'
const given = ':id, :table, :wrapped, :createdAt'

export function sqliteDataKeyStore(connection: Connection, group: GroupCommit): DataKeyStore {
  return {
    async list() {
      return connection
        .all<KeyRow>(
          'SELECT id, sealed_table, wrapped, created_at FROM session_data_keys ORDER BY created_at, id',
        )
        .map((row) => ({
          id: row.id,
          table: row.sealed_table,
          wrapped: row.wrapped,
          createdAt: row.created_at,
        }))
    },

    async addFirst(key) {
      const whereNone = 'WHERE NOT EXISTS (SELECT 1 FROM session_data_keys WHERE sealed_table = :table)'
      const sql = `${insertInto} SELECT ${given} ${whereNone}`
      return group.write(() => connection.run(sql, valuesOf(key)) > 0)
    },

    async add(key) {
      await group.write(() => connection.run(`${insertInto} VALUES (${given})`, valuesOf(key)))
    },

    async remove(id) {
      return group.write(() => connection.run('DELETE FROM session_data_keys WHERE id = :id', { id }) > 0)
    },
  }
}

function valuesOf({ id, table, wrapped, createdAt }: StoredDataKey): Values {
  return { id, table, wrapped, createdAt }
}
