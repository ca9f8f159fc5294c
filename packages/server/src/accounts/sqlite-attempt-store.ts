import type { SQLOutputValue } from 'node:sqlite'
import { type Instant, LatchkeyError } from 'latchkey'
import type { AccountsDatabase } from './accounts-database.ts'
import type { AttemptStore, CountedAttempts } from './attempt-store.ts'

/** Counted attempts in the program's SQLite file. */
export function sqliteAttemptStore(database: AccountsDatabase): AttemptStore {
  return {
    add: async (key, points, { now, expiresAt }) =>
      database.write((prepare) => {
        const row = prepare(
          `INSERT INTO attempt_counts (key, points, expires_at) VALUES (?1, max(0, ?2), ?3)
           ON CONFLICT (key) DO UPDATE SET
             points = CASE WHEN expires_at > ?4 THEN max(0, points + ?2) ELSE max(0, ?2) END,
             expires_at = CASE WHEN expires_at > ?4 THEN expires_at ELSE ?3 END
           RETURNING points, expires_at`,
        ).get(key, points, expiresAt, now)
        if (row === undefined) throw new LatchkeyError('storage-failed', 'The database left out a row.')
        return toCounted(row)
      }),
    find: async (key, now) =>
      database.read((prepare) => {
        const row = prepare(
          'SELECT points, expires_at FROM attempt_counts WHERE key = ? AND expires_at > ?',
        ).get(key, now)
        return row ? toCounted(row) : null
      }),
    remove: async (key) =>
      database.write((prepare) => {
        const { changes } = prepare('DELETE FROM attempt_counts WHERE key = ?').run(key)
        return changes === 1
      }),
    cleanup: async (now, limit) =>
      database.write((prepare) => {
        const { changes } = prepare(
          `DELETE FROM attempt_counts WHERE key IN (
             SELECT key FROM attempt_counts WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)`,
        ).run(now, limit)
        return Number(changes)
      }),
  }
}

function toCounted(row: Record<string, SQLOutputValue>): CountedAttempts {
  return { points: Number(row['points']), expiresAt: Number(row['expires_at']) as Instant }
}
