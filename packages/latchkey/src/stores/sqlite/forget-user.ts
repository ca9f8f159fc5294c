import { type EndReason, endReasons, type SessionRef } from '../../model/session.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { Connection } from './connection.ts'
import { addToCounter } from './session-counters.ts'

const ofUser = 'user_id = :userId AND shard = :shard'

type Counted = Readonly<Record<'total' | EndReason, number>>

/** What the counters hold of one user, forgotten sessions included. */
const counted = `SELECT coalesce(sum(total), 0) AS total, coalesce(sum(logout), 0) AS logout,
    coalesce(sum(expired), 0) AS expired, coalesce(sum(idle_timeout), 0) AS "idle-timeout",
    coalesce(sum(revoked), 0) AS revoked, coalesce(sum(replaced), 0) AS replaced
  FROM (
    SELECT 1 AS total, end_reason = 'logout' AS logout, end_reason = 'expired' AS expired,
      end_reason = 'idle-timeout' AS idle_timeout, end_reason = 'revoked' AS revoked,
      end_reason = 'replaced' AS replaced
    FROM user_sessions WHERE ${ofUser}
    UNION ALL
    SELECT total, ended_logout, ended_expired, ended_idle_timeout, ended_revoked, ended_replaced
    FROM forgotten_sessions WHERE ${ofUser})`

/** Leaves nothing that names the user and nothing that counts them; inside a change. */
export function forgetUser(connection: Connection, userId: string): readonly SessionRef[] {
  const values = { userId, shard: shardOfUser(userId) }
  const sums = connection.get<Counted>(counted, values)
  if (sums && sums.total > 0) {
    addToCounter(connection, 'created', -sums.total)
    for (const reason of endReasons) {
      if (sums[reason] > 0) addToCounter(connection, reason, -sums[reason])
    }
  }
  const gone = connection.all<{ id: SessionRef['id'] }>(
    `DELETE FROM user_sessions WHERE ${ofUser} RETURNING id`,
    values,
  )
  connection.run(`DELETE FROM forgotten_sessions WHERE ${ofUser}`, values)
  connection.run(`DELETE FROM forgotten_moments WHERE ${ofUser}`, values)
  connection.run(`DELETE FROM user_devices WHERE ${ofUser}`, values)
  connection.run('DELETE FROM session_events WHERE user_id = :userId', { userId })
  return gone.map(({ id }) => ({ id, userId }))
}
