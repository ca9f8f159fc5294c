import { shardOfUser } from '../../model/session-token.ts'
import { readHistory, type UserHistory } from '../../model/user-history.ts'
import type { Statements } from './connection.ts'
import { toStoredText } from './stored-text.ts'

const findStatement = `SELECT history FROM user_histories
  WHERE (shard, user_id) IN (SELECT * FROM unnest(:shards::smallint[], :users::text[]))`

/** In the order of their key, so that two statements do not wait for one another in a circle. */
const putStatement = `INSERT INTO user_histories AS stored (user_id, shard, version, last_at, history)
  SELECT * FROM unnest(:users::text[], :shards::smallint[], :versions::integer[], :lastAts::bigint[], :histories::text[])
    AS input (user_id, shard, version, last_at, history) ORDER BY shard, user_id
  ON CONFLICT (shard, user_id) DO UPDATE
    SET version = excluded.version, last_at = excluded.last_at, history = excluded.history
    WHERE stored.version = excluded.version - 1
  RETURNING version, xmax = 0 AS "isNew"`

const replaceStatement = `UPDATE user_histories
  SET version = :version::integer, last_at = :lastAt::bigint, history = :history::text
  WHERE shard = :shard::smallint AND user_id = :userId::text AND version = :version::integer - 1
  RETURNING version`

/** Those whose newest sign-in is before that instant; the day narrows the search down to the index. */
export const oldHistories = {
  table: 'user_histories',
  key: 'shard, user_id',
  oldest: 'last_at',
  isOld: 'last_day <= :before::bigint / 86400000 AND last_at < :before::bigint',
} as const

interface PutRow {
  readonly version: number
  /** Nothing was there before. */
  readonly isNew: boolean
}

export async function findHistories(
  statements: Statements,
  userIds: readonly string[],
): Promise<readonly UserHistory[]> {
  if (userIds.length === 0) return []
  const rows = await statements.all<{ history: string }>(findStatement, {
    shards: userIds.map(shardOfUser),
    users: userIds.map(toStoredText),
  })
  return rows.map(({ history }) => readHistory(history))
}

/**
 * False where one of them is not the next of what was stored; what was written until then is to be undone. No two of one
 * user. The text of JSON holds every character of a history: those that a database cannot hold are escaped in it.
 */
export async function putHistories(
  statements: Statements,
  histories: readonly UserHistory[],
): Promise<boolean> {
  if (histories.length === 0) return true
  const rows = await statements.all<PutRow>(putStatement, {
    users: histories.map(({ userId }) => toStoredText(userId)),
    shards: histories.map(({ userId }) => shardOfUser(userId)),
    versions: histories.map(({ version }) => version),
    lastAts: histories.map(({ lastAt }) => lastAt),
    histories: histories.map((history) => JSON.stringify(history)),
  })
  return rows.length === histories.length && rows.every(({ version, isNew }) => isNew === (version === 1))
}

/** False where there is none of the version before. */
export async function replaceHistory(statements: Statements, next: UserHistory): Promise<boolean> {
  const { userId, version, lastAt } = next
  const rows = await statements.all(replaceStatement, {
    userId: toStoredText(userId),
    shard: shardOfUser(userId),
    version,
    lastAt,
    history: JSON.stringify(next),
  })
  return rows.length > 0
}
