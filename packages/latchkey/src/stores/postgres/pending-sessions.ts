import type { Completion } from '../../ports/session-store.ts'
import type { Statements } from './connection.ts'
import type { Insert } from './insert-values.ts'
import { boundsValues, liveCondition } from './live-condition.ts'
import { isPendingCondition } from './session-terms.ts'
import type { Values } from './statement.ts'
import { toStoredText } from './stored-text.ts'

const isThere = `${isPendingCondition} AND ${liveCondition}`

const ofUser = 'user_id = :userId::text AND shard = :shard::smallint'

const look = `SELECT 1 FROM user_sessions WHERE id = :completes::text AND ${ofUser} AND ${isThere}`

/** Everything in the order in which all lock sessions, so that no two wait for one another in a circle. */
const lock = `WITH locked AS MATERIALIZED (
  SELECT id, ${isThere} AS is_there FROM user_sessions
  WHERE ${ofUser} AND is_active AND (id = ANY (ARRAY[:completes::text, :replaces::text] || :overLimit::text[])
    OR device_id = :endsOn::text)
  ORDER BY shard, id FOR NO KEY UPDATE)
SELECT 1 FROM locked WHERE id = :completes::text AND is_there`

/** Whether it is there to be completed. Nothing is locked: it may have ended by the next statement. */
export async function isPending(
  statements: Statements,
  insert: Insert,
  completes: Completion,
): Promise<boolean> {
  return (await statements.all(look, valuesOf(insert, completes))).length > 0
}

/** Until the end of the transaction nobody else ends, or completes, what gives way. False: what was to be completed is gone. */
export async function lockWhatGivesWay(
  statements: Statements,
  insert: Insert,
  completes: Completion,
): Promise<boolean> {
  const { record, plan, endsEarlier, overLimit } = insert
  const rows = await statements.all(lock, {
    ...valuesOf(insert, completes),
    replaces: plan.replaces,
    overLimit,
    endsOn: endsEarlier ? record.deviceId : null,
  })
  return rows.length > 0
}

function valuesOf({ record }: Insert, { id, bounds }: Completion): Values {
  return { ...boundsValues(bounds), completes: id, userId: toStoredText(record.userId), shard: record.shard }
}
