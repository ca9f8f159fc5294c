import { instantOf } from 'latchkey'
import type { AccountsDatabase } from './accounts-database.ts'
import type { SavedFilterStore } from './saved-filter-store.ts'

/** Saved filters in the program's SQLite file. */
export function sqliteSavedFilterStore(database: AccountsDatabase): SavedFilterStore {
  return {
    list: async (accountId) =>
      database.read((prepare) =>
        prepare('SELECT name, filter, created_at FROM saved_filters WHERE account_id = ? ORDER BY name')
          .all(accountId)
          .map((row) => ({
            name: String(row['name']),
            filter: String(row['filter']),
            createdAt: instantOf(Number(row['created_at'])),
          })),
      ),
    put: async (accountId, { name, filter, createdAt }, most) =>
      database.write((prepare) => {
        const { changes } = prepare(
          `INSERT INTO saved_filters (account_id, name, filter, created_at)
           SELECT ?, ?, ?, ?
           WHERE (SELECT count(*) FROM saved_filters WHERE account_id = ? AND name <> ?) < ?
           ON CONFLICT (account_id, name) DO UPDATE SET filter = excluded.filter, created_at = excluded.created_at`,
        ).run(accountId, name, filter, createdAt, accountId, name, most)
        return changes === 1
      }),
    remove: async (accountId, name) =>
      database.write(
        (prepare) =>
          prepare('DELETE FROM saved_filters WHERE account_id = ? AND name = ?').run(accountId, name)
            .changes === 1,
      ),
  }
}
