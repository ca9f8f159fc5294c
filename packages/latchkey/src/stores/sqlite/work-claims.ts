import { aheadAtMost, type WorkClaims } from '../../ports/work-claims.ts'
import type { Connection } from './connection.ts'
import type { GroupCommit } from './group-commit.ts'

export function sqliteWorkClaims(connection: Connection, group: GroupCommit): WorkClaims {
  return {
    claim: (work, holder, now, until) =>
      group.write(() => {
        connection.run(forgetLapsed, { before: now - lapsedFor })
        return connection.run(claim, { work, holder, now, until }) > 0
      }, 'let-sleep'),
    async release(work, holder) {
      const sql = 'DELETE FROM session_work_claims WHERE work = :work AND holder = :holder'
      await group.write(() => connection.run(sql, { work, holder }), 'let-sleep')
    },
  }
}

/** Whoever was killed released nothing, and what was claimed once may never be claimed again. In milliseconds. */
const lapsedFor = 86_400_000

const forgetLapsed = 'DELETE FROM session_work_claims WHERE held_until < :before'

const claim = `INSERT INTO session_work_claims (work, holder, held_until) VALUES (:work, :holder, :until)
  ON CONFLICT (work) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
  WHERE holder = excluded.holder OR held_until <= :now OR held_until > :until + ${aheadAtMost}`
