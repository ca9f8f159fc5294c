import type { Preparation } from '../contestant.ts'
import { pgbenchContestant } from '../databases/pgbench.ts'
import { countRows, plainPostgres } from '../databases/plain-postgres.ts'
import { plainDevice } from '../session-row.ts'

/** A colon before a word names a variable of pgbench's. */
const device = plainDevice.replaceAll(':', ': ')

/** Single inserts of a session row alone, by a program that does nothing else. */
const script = `\\set user random(0, 9999)
\\set shard :user % 1024
INSERT INTO user_sessions (id, user_id, device_info, created_at, expires_at, shard, secret_hash, version,
  authenticated_at, amr)
VALUES ('ses_' || substr(md5(random()::text || clock_timestamp()::text), 1, 24), 'user-' || :user,
  '${device}', 1800000000000, 1802592000000, :shard, sha256('secret'), 1, 1800000000000, '[]');
`

export const prepare: Preparation = async () => {
  const { url, pool } = await plainPostgres()
  return pgbenchContestant(url, script, 64, async (transactions) => {
    if ((await countRows(pool, 'user_sessions', 'version = $1', 1)) !== transactions)
      throw new Error('Wrong answer')
  })
}
