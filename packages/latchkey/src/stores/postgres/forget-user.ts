import { type ChangeOrigin, type SessionRef, systemActor } from '../../model/session.ts'
import { type NewSessionEvent, plainEvent, type SessionEvent } from '../../model/session-event.ts'
import { shardOfUser } from '../../model/session-token.ts'
import { lockMaintenance } from './advisory-locks.ts'
import { type Announce, sendAnnouncements } from './announcements.ts'
import { appendEvents } from './append-events.ts'
import type { Connection } from './connection.ts'
import { forgetCutOffs } from './cut-off-store.ts'
import { actorsOf, eraseEvents } from './erase-events.ts'
import { forgetUnusedFacets } from './facet-sets.ts'
import { facetKey } from './facets.ts'
import { forgetTraces } from './forget-traces.ts'
import type { Big } from './row.ts'
import { addToCounters } from './session-counters.ts'
import { toStoredText } from './stored-text.ts'

const ofUser = 'user_id = :userId::text AND shard = :shard::smallint'

const forgottenReasons = [
  ['logout', 'ended_logout'],
  ['expired', 'ended_expired'],
  ['idle-timeout', 'ended_idle_timeout'],
  ['revoked', 'ended_revoked'],
  ['replaced', 'ended_replaced'],
  ['session-limit', 'ended_session_limit'],
  ['token-reuse', 'ended_token_reuse'],
  ['network-change', 'ended_network_change'],
].map(
  ([reason, column]) => `UNION ALL SELECT shard, '${reason}', -${column} FROM forgotten WHERE ${column} > 0`,
)

const forgetSessionsOfUser = `WITH gone AS (
  DELETE FROM user_sessions WHERE ${ofUser} RETURNING id, shard, end_reason, device_info, place),
forgotten AS (DELETE FROM forgotten_sessions WHERE ${ofUser} RETURNING *),
moments AS (DELETE FROM forgotten_moments WHERE ${ofUser}),
unclaimed AS (
  DELETE FROM session_claims USING gone
  WHERE session_claims.shard = gone.shard AND session_claims.session_id = gone.id),
counted AS (${addToCounters(`
  SELECT shard, 'created', -1 FROM gone
  UNION ALL SELECT shard, end_reason, -1 FROM gone WHERE end_reason IS NOT NULL
  UNION ALL SELECT shard, 'created', -total FROM forgotten ${forgottenReasons.join(' ')}`)})
SELECT id, ${facetKey('gone')} AS key FROM gone`

/** Who is forgotten, and what stands in the place of their events. */
interface Forgetting {
  readonly userId: string
  readonly origin: ChangeOrigin
  readonly digestOf: (event: SessionEvent) => Uint8Array
}

/**
 * Leaves nothing that names the user and nothing that counts them. Events are erased in later statements, which see
 * those of a change that an earlier one had to wait for.
 */
export function forgetUser(
  connection: Connection,
  { userId, origin, digestOf }: Forgetting,
  announce: Announce,
): Promise<readonly SessionRef[]> {
  const values = { userId: toStoredText(userId), shard: shardOfUser(userId) }
  return connection.transaction(async (statements) => {
    await lockMaintenance(statements)
    await forgetTraces(statements, userId)
    // Before the sessions, as sign-ins lock them: of one that is waited for here, the session is seen after it.
    await statements.all(`DELETE FROM user_devices WHERE ${ofUser}`, values)
    const gone = await statements.all<{ id: SessionRef['id']; key: Big }>(forgetSessionsOfUser, values)
    await forgetUnusedFacets(
      statements,
      gone.map(({ key }) => key),
    )
    await forgetCutOffs(statements, userId)
    await eraseEvents(statements, userId, digestOf)
    await appendEvents(statements, [forgottenEvent(userId, origin)])
    await sendAnnouncements(statements, announce([{ kind: 'user', userId, except: null }]))
    return gone.map(({ id }) => ({ id, userId }))
  })
}

/** Names nobody, also where they forget themselves. */
function forgottenEvent(userId: string, { at, by, request }: ChangeOrigin): NewSessionEvent {
  const actor = actorsOf(userId).includes(by) ? systemActor : by
  return plainEvent({ type: 'user.forgotten', at, actor, request })
}
