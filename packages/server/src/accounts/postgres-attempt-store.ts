import type { Instant } from 'latchkey'
import type { AttemptStore, CountedAttempts } from './attempt-store.ts'
import { onlyRow, type PostgresStatements } from './postgres-statements.ts'

interface Row {
  readonly points: number
  readonly expires_at: string
}

const add = `INSERT INTO attempt_counts AS counted (key, points, expires_at)
VALUES ($1, greatest(0, $2::integer), $3::bigint)
ON CONFLICT (key) DO UPDATE SET
  points = CASE WHEN counted.expires_at > $4::bigint
    THEN greatest(0, counted.points + $2::integer) ELSE greatest(0, $2::integer) END,
  expires_at = CASE WHEN counted.expires_at > $4::bigint THEN counted.expires_at ELSE $3::bigint END
RETURNING points, expires_at`

/** Rows that somebody is counting in are left to the next one: nobody waits for a cleanup. */
const cleanup = `DELETE FROM attempt_counts WHERE key IN (
  SELECT key FROM attempt_counts WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING key`

/** Counted attempts in the program's tables of a PostgreSQL database. */
export function postgresAttemptStore({ run }: PostgresStatements): AttemptStore {
  return {
    add: async (key, points, { now, expiresAt }) =>
      toCounted(onlyRow(await run<Row>(add, key, points, expiresAt, now))),
    find: async (key, now) => {
      const [row] = await run<Row>(
        'SELECT points, expires_at FROM attempt_counts WHERE key = $1 AND expires_at > $2',
        key,
        now,
      )
      return row ? toCounted(row) : null
    },
    remove: async (key) =>
      (await run('DELETE FROM attempt_counts WHERE key = $1 RETURNING key', key)).length === 1,
    cleanup: async (now, limit) => {
      const gone = await run(cleanup, now, limit)
      return gone.length
    },
  }
}

function toCounted({ points, expires_at }: Row): CountedAttempts {
  return { points, expiresAt: Number(expires_at) as Instant }
}
