import type { SessionRef } from '../../model/session.ts'
import { shardOfUser } from '../../model/session-token.ts'
import { lockMaintenance } from './advisory-locks.ts'
import { type Announce, sendAnnouncements } from './announcements.ts'
import type { Connection } from './connection.ts'
import { numberAll } from './event-log.ts'
import { addToCounters } from './session-counters.ts'
import { toStoredText } from './stored-text.ts'

const ofUser = 'user_id = :userId::text AND shard = :shard::smallint'

const forgottenReasons = [
  ['logout', 'ended_logout'],
  ['expired', 'ended_expired'],
  ['idle-timeout', 'ended_idle_timeout'],
  ['revoked', 'ended_revoked'],
  ['replaced', 'ended_replaced'],
].map(
  ([reason, column]) => `UNION ALL SELECT shard, '${reason}', -${column} FROM forgotten WHERE ${column} > 0`,
)

const forgetSessionsOfUser = `WITH gone AS (
  DELETE FROM user_sessions WHERE ${ofUser} RETURNING id, shard, end_reason),
forgotten AS (DELETE FROM forgotten_sessions WHERE ${ofUser} RETURNING *),
moments AS (DELETE FROM forgotten_moments WHERE ${ofUser}),
unclaimed AS (
  DELETE FROM session_claims USING gone
  WHERE session_claims.shard = gone.shard AND session_claims.session_id = gone.id),
counted AS (${addToCounters(`
  SELECT shard, 'created', -1 FROM gone
  UNION ALL SELECT shard, end_reason, -1 FROM gone WHERE end_reason IS NOT NULL
  UNION ALL SELECT shard, 'created', -total FROM forgotten ${forgottenReasons.join(' ')}`)})
SELECT id FROM gone`

/**
 * Leaves nothing that names the user and nothing that counts them. Events go in later statements, which see those
 * of a change that an earlier one had to wait for: out of the log, into which all that wait are moved before.
 */
export function forgetUser(
  connection: Connection,
  userId: string,
  announce: Announce,
): Promise<readonly SessionRef[]> {
  const values = { userId: toStoredText(userId), shard: shardOfUser(userId) }
  return connection.transaction(async (statements) => {
    await lockMaintenance(statements)
    // Before the sessions, as sign-ins lock them: of one that is waited for here, the session is seen after it.
    await statements.all(`DELETE FROM user_devices WHERE ${ofUser}`, values)
    const gone = await statements.all<{ id: SessionRef['id'] }>(forgetSessionsOfUser, values)
    await numberAll(statements)
    await statements.all(`DELETE FROM session_event_log WHERE ${ofUser}`, values)
    // Those of changes that were committed since: a handful of rows, which need no index.
    await statements.all(`DELETE FROM session_events WHERE ${ofUser}`, values)
    await sendAnnouncements(statements, announce([{ kind: 'user', userId, except: null }]))
    return gone.map(({ id }) => ({ id, userId }))
  })
}
