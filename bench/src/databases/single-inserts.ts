import type { Contestant } from '../contestant.ts'
import { byCallers } from '../contestants/by-callers.ts'
import { plainDevice, plainRow } from '../session-row.ts'
import { plainPostgres } from './plain-postgres.ts'

const addSession = `added AS (
  INSERT INTO user_sessions (id, user_id, device_info, created_at, expires_at, shard, secret_hash, version,
    authenticated_at, amr)
  VALUES ($1, $2, $3::jsonb, $4, $5, $6, $7, 1, $4, '[]'))`

const count = `counted AS (
  INSERT INTO session_counters AS counter (shard, name, value) VALUES ($6, 'created', 1)
  ON CONFLICT (shard, name) DO UPDATE SET value = counter.value + 1)`

const tell = `INSERT INTO session_events (type, at, session_id, user_id, shard, actor, device_type, browser, os)
VALUES ('session.created', $4, $1, $2, $6, 'user', 'unknown', 'unknown', 'unknown')`

/**
 * The rows that `createSession` writes, in the same tables with the same indexes: one statement, one round trip and
 * one commit for each session, 64 callers at a time. `uncounted`: without the row that counts.
 */
export async function singleInserts(rows: 'all' | 'uncounted'): Promise<Contestant> {
  const { pool } = await plainPostgres()
  const text = `WITH ${rows === 'all' ? `${addSession},\n${count}` : addSession}\n${tell}`
  return {
    run: byCallers(64, async (index) => {
      const { id, userId, createdAt, expiresAt, shard, secretHash } = plainRow(`user-${index % 10_000}`)
      const values = [id, userId, plainDevice, createdAt, expiresAt, shard, secretHash]
      const { rowCount } = await pool.query({ name: 'insert-one', text, values })
      if (rowCount !== 1) throw new Error('Wrong answer')
    }),
    close: () => pool.end(),
  }
}
