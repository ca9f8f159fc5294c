import { aheadAtMost, type WorkClaims } from '../../ports/work-claims.ts'
import type { Connection } from './connection.ts'
import { toStoredText } from './stored-text.ts'

/** Whoever was killed released nothing, and what was claimed once may never be claimed again. In milliseconds. */
const lapsedFor = 86_400_000

const claimStatement = `WITH lapsed AS (
  DELETE FROM session_work_claims WHERE work IN (
    SELECT work FROM session_work_claims WHERE until < :now::bigint - ${lapsedFor} AND work <> :work::text
    FOR UPDATE SKIP LOCKED))
  INSERT INTO session_work_claims AS held (work, holder, until)
  VALUES (:work::text, :holder::text, :until::bigint)
  ON CONFLICT (work) DO UPDATE SET holder = excluded.holder, until = excluded.until
  WHERE held.holder = excluded.holder OR held.until <= :now::bigint
    OR held.until > :until::bigint + ${aheadAtMost} RETURNING 1`

const releaseStatement = 'DELETE FROM session_work_claims WHERE work = :work::text AND holder = :holder::text'

export function postgresWorkClaims(connection: Connection): WorkClaims {
  const named = (work: string, holder: string) => ({
    work: toStoredText(work),
    holder: toStoredText(holder),
  })
  return {
    claim: async (work, holder, now, until) =>
      (await connection.all(claimStatement, { ...named(work, holder), now, until })).length > 0,
    release: async (work, holder) => void (await connection.all(releaseStatement, named(work, holder))),
  }
}
