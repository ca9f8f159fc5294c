import { instantOf } from 'latchkey'
import { canBeStored, type PostgresStatements } from './postgres-statements.ts'
import type { SavedFilterStore } from './saved-filter-store.ts'

interface Row {
  readonly name: string
  readonly filter: string
  readonly created_at: string
}

/** Saved filters in the program's tables of a PostgreSQL database. */
export function postgresSavedFilterStore({ run, write }: PostgresStatements): SavedFilterStore {
  return {
    list: async (accountId) => {
      const rows = await run<Row>(
        'SELECT name, filter, created_at FROM saved_filters WHERE account_id = $1 ORDER BY name',
        accountId,
      )
      return rows.map(({ name, filter, created_at: at }) => ({
        name,
        filter,
        createdAt: instantOf(Number(at)),
      }))
    },
    put: async (accountId, { name, filter, createdAt }, most) =>
      write(async (locked) => {
        const put = await locked(
          `INSERT INTO saved_filters (account_id, name, filter, created_at)
           SELECT $1::text, $2::text, $3::text, $4::bigint
           WHERE (SELECT count(*) FROM saved_filters WHERE account_id = $1 AND name <> $2) < $5::integer
           ON CONFLICT (account_id, name) DO UPDATE SET filter = excluded.filter, created_at = excluded.created_at
           RETURNING name`,
          accountId,
          name,
          filter,
          createdAt,
          most,
        )
        return put.length === 1
      }),
    remove: async (accountId, name) => {
      if (!canBeStored(name)) return false
      const removed = await run(
        'DELETE FROM saved_filters WHERE account_id = $1 AND name = $2 RETURNING name',
        accountId,
        name,
      )
      return removed.length === 1
    },
  }
}
