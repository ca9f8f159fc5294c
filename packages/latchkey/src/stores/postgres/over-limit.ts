import { type SessionId, shardOfUser } from '../../model/session-token.ts'
import type { SessionLimit } from '../../ports/session-store.ts'
import type { Statements } from './connection.ts'
import type { Insert } from './insert-values.ts'
import { boundsValues, liveCondition } from './live-condition.ts'
import { isPendingCondition } from './session-terms.ts'
import { toStoredText } from './stored-text.ts'

const ranks: Readonly<Record<SessionLimit['atLimit'], string>> = {
  reject: 'created_at',
  'end-oldest': 'created_at',
  'end-least-recent': 'coalesce(last_accessed, created_at)',
}

/** Along the index of the user, among those that do not give way anyhow. */
function overLimitStatement(rank: string): string {
  return `WITH live AS MATERIALIZED (
  SELECT id, ${rank} AS rank FROM user_sessions
  WHERE user_id = :userId::text AND shard = :shard::smallint AND ${liveCondition}
    AND NOT ${isPendingCondition} AND id IS DISTINCT FROM :replaces::text
    AND (:endsOn::text IS NULL OR device_id IS DISTINCT FROM :endsOn::text))
SELECT id FROM live ORDER BY rank, id LIMIT greatest(0, (SELECT count(*) FROM live) + 1 - :most::bigint)`
}

/** How many too many there would be with the new one, those that are to go first. */
export async function sessionsOverLimit(
  statements: Statements,
  { record, plan, endsEarlier }: Insert,
  { most, atLimit, bounds }: SessionLimit,
): Promise<readonly SessionId[]> {
  const rows = await statements.all<{ id: SessionId }>(overLimitStatement(ranks[atLimit]), {
    ...boundsValues(bounds),
    userId: toStoredText(record.userId),
    shard: shardOfUser(record.userId),
    replaces: plan.replaces,
    endsOn: endsEarlier ? record.deviceId : null,
    most,
  })
  return rows.map(({ id }) => id)
}
