import { readHistory, type UserHistory } from '../../model/user-history.ts'
import type { Connection } from './connection.ts'

export function historiesOf(connection: Connection, userIds: readonly string[]): readonly UserHistory[] {
  const sql = 'SELECT history FROM user_histories WHERE user_id IN (SELECT value FROM json_each(:userIds))'
  const rows = connection.all<{ history: string }>(sql, { userIds: JSON.stringify(userIds) })
  return rows.map(({ history }) => readHistory(history))
}

const put = `INSERT INTO user_histories (user_id, last_at, history)
  SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(:histories) WHERE true
  ON CONFLICT (user_id) DO UPDATE SET last_at = excluded.last_at, history = excluded.history`

/** In one statement; inside a change. */
export function putHistories(connection: Connection, histories: readonly UserHistory[]): void {
  if (histories.length === 0) return
  const rows = histories.map((history) => [history.userId, history.lastAt, JSON.stringify(history)])
  connection.run(put, { histories: JSON.stringify(rows) })
}

const replace = 'UPDATE user_histories SET last_at = :lastAt, history = :history WHERE user_id = :userId'

/** Inside a change. */
export function replaceHistory(connection: Connection, history: UserHistory): void {
  const { userId, lastAt } = history
  connection.run(replace, { userId, lastAt, history: JSON.stringify(history) })
}

const old = `user_histories INDEXED BY user_histories_by_use WHERE last_at IS NOT NULL AND last_at < :before`

export const countHistories: string = `SELECT count(*) AS count FROM (SELECT 1 FROM ${old} LIMIT :most)`

export const forgetHistories: string = `DELETE FROM user_histories WHERE rowid IN (
  SELECT rowid FROM ${old} ORDER BY last_at LIMIT :limit)`
