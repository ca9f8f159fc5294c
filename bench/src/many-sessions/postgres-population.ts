import { createSessions } from 'latchkey'
import { postgresStorage } from 'latchkey/postgres'
import type { Pool } from 'pg'
import { freshDatabase, poolOn } from '../databases/fresh-database.ts'
import { type Population, signInOften } from './population.ts'

/** Filled by SQL, which is ten times as quick; the user's own sessions through the library. */
export async function postgresPopulation(others: number): Promise<Population> {
  const pool = poolOn(await freshDatabase())
  const sessions = await createSessions({ storage: postgresStorage(pool), cleanup: 'by-command' })
  await fillPostgres(pool, others, 0)
  await signInOften(sessions)
  await pool.query('VACUUM ANALYZE')
  const close = async (): Promise<void> => {
    await sessions.close()
    await pool.end()
  }
  return { sessions, close }
}

/** Sessions that were live so many days ago, in an empty database with Latchkey's schema or without. */
export async function fillPostgres(pool: Pool, others: number, daysAgo: number): Promise<void> {
  const storage = postgresStorage(pool)
  await storage.open()
  await storage.close()
  for (const statement of fillings) {
    await pool.query(statement.replaceAll(':others', String(others)).replaceAll(':daysAgo', String(daysAgo)))
  }
}

/** The shard as Latchkey makes it: ten bits of SHA-256, spelt in base32 at the start of the id. */
const person = `(SELECT number, user_id, get_byte(hash, 0) * 4 + get_byte(hash, 1) / 64 AS shard
  FROM (SELECT number, 'user-' || number % 200000 AS user_id,
    sha256(convert_to('user-' || number % 200000, 'UTF8')) AS hash
  FROM generate_series(1, :others) AS number) AS hashed) AS person`

const letter = (position: string): string => `substr('abcdefghijklmnopqrstuvwxyz234567', ${position} + 1, 1)`

/** Live sessions, begun over the last three weeks, used in the last days. */
const fillings = [
  `INSERT INTO user_sessions (id, user_id, device_info, created_at, last_accessed, expires_at, shard, secret_hash,
    version, authenticated_at, amr, ip_address, user_agent)
  SELECT 'ses_' || ${letter('shard / 32')} || ${letter('shard % 32')}
      || translate(substr(md5(number::text), 1, 22), '0189', 'ghij'),
    user_id, '{"type": "desktop", "browser": "Chrome", "browser_version": "142", "os": "Windows",
      "os_version": "10", "location": null}',
    began, greatest(began, now_at - (number % 5) * 86400000), began + 2592000000, shard,
    sha256(number::text::bytea), 1, began, '["pwd"]', '198.51.100.' || number % 256,
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
  FROM ${person},
    LATERAL (SELECT (extract(epoch FROM now()) * 1000)::bigint - :daysAgo * 86400000::bigint AS now_at) AS clock,
    LATERAL (SELECT now_at - number % 1800000000 - number % 21 * 86400000 AS began) AS sign_in`,
  `INSERT INTO session_event_log (position, type, at, session_id, user_id, shard, actor)
  SELECT row_number() OVER (), 'session.created', created_at, id, user_id, shard, 'user' FROM user_sessions`,
  'UPDATE session_events_numbered SET last = (SELECT count(*) FROM session_event_log)',
  `INSERT INTO session_counters (shard, name, value)
  SELECT shard, 'created', count(*) FROM user_sessions GROUP BY shard`,
]
