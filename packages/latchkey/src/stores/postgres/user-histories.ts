import { shardOfUser } from '../../model/session-token.ts'
import { readHistory, type UserHistory } from '../../model/user-history.ts'
import type { Statements } from './connection.ts'
import { toStoredText } from './stored-text.ts'

const findStatement = `SELECT history FROM user_histories
  WHERE (shard, user_id) IN (SELECT * FROM unnest(:shards::smallint[], :users::text[]))`

/** In the order of their key, so that two statements do not wait for one another in a circle. */
const putStatement = `INSERT INTO user_histories (user_id, shard, last_at, history)
  SELECT * FROM unnest(:users::text[], :shards::smallint[], :lastAts::bigint[], :histories::text[])
    AS input (user_id, shard, last_at, history) ORDER BY shard, user_id
  ON CONFLICT (shard, user_id) DO UPDATE SET last_at = excluded.last_at, history = excluded.history`

const replaceStatement = `UPDATE user_histories SET last_at = :lastAt::bigint, history = :history::text
  WHERE shard = :shard::smallint AND user_id = :userId::text`

/** Those whose newest sign-in is before that instant; the day narrows the search down to the index. */
export const oldHistories = {
  table: 'user_histories',
  key: 'shard, user_id',
  oldest: 'last_at',
  isOld: 'last_day <= :before::bigint / 86400000 AND last_at < :before::bigint',
} as const

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

/** No two of one user. The text of JSON holds every character of a history: those that a database cannot hold are escaped in it. */
export async function putHistories(statements: Statements, histories: readonly UserHistory[]): Promise<void> {
  if (histories.length === 0) return
  await statements.all(putStatement, {
    users: histories.map(({ userId }) => toStoredText(userId)),
    shards: histories.map(({ userId }) => shardOfUser(userId)),
    lastAts: histories.map(({ lastAt }) => lastAt),
    histories: histories.map((history) => JSON.stringify(history)),
  })
}

export async function replaceHistory(statements: Statements, history: UserHistory): Promise<void> {
  const { userId, lastAt } = history
  await statements.all(replaceStatement, {
    userId: toStoredText(userId),
    shard: shardOfUser(userId),
    lastAt,
    history: JSON.stringify(history),
  })
}
