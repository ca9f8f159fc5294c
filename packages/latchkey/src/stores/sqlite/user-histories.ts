import { readHistory, type UserHistory } from '../../model/user-history.ts'
import type { Connection } from './connection.ts'

export function historiesOf(connection: Connection, userIds: readonly string[]): readonly UserHistory[] {
  const sql = 'SELECT history FROM user_histories WHERE user_id IN (SELECT value FROM json_each(:userIds))'
  const rows = connection.all<{ history: string }>(sql, { userIds: JSON.stringify(userIds) })
  return rows.map(({ history }) => readHistory(history))
}

const overtaken = `SELECT 1 FROM json_each(:versions) AS input
  WHERE input.value ->> 1 - 1 <> coalesce(
    (SELECT version FROM user_histories WHERE user_id = input.value ->> 0), 0) LIMIT 1`

/** Whether one of them is not the next of what is stored; inside a change. */
export function areOvertaken(connection: Connection, histories: readonly UserHistory[]): boolean {
  if (histories.length === 0) return false
  const versions = JSON.stringify(histories.map(({ userId, version }) => [userId, version]))
  return connection.get(overtaken, { versions }) !== undefined
}

const put = `INSERT INTO user_histories (user_id, version, last_at, history)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(:histories) WHERE true
  ON CONFLICT (user_id) DO UPDATE
    SET version = excluded.version, last_at = excluded.last_at, history = excluded.history`

/** In one statement; inside a change that has seen that they are the next ones. */
export function putHistories(connection: Connection, histories: readonly UserHistory[]): void {
  if (histories.length === 0) return
  const rows = histories.map((history) => [
    history.userId,
    history.version,
    history.lastAt,
    JSON.stringify(history),
  ])
  connection.run(put, { histories: JSON.stringify(rows) })
}

const replace = `UPDATE user_histories SET version = :version, last_at = :lastAt, history = :history
  WHERE user_id = :userId AND version = :version - 1`

/** Inside a change. False where there is none of the version before. */
export function replaceHistory(connection: Connection, next: UserHistory): boolean {
  const { userId, version, lastAt } = next
  return connection.run(replace, { userId, version, lastAt, history: JSON.stringify(next) }) > 0
}

const old = `user_histories INDEXED BY user_histories_by_use WHERE last_at IS NOT NULL AND last_at < :before`

export const countHistories: string = `SELECT count(*) AS count FROM (SELECT 1 FROM ${old} LIMIT :most)`

export const forgetHistories: string = `DELETE FROM user_histories WHERE rowid IN (
  SELECT rowid FROM ${old} ORDER BY last_at LIMIT :limit)`
