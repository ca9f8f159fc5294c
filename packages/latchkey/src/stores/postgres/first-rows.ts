import type { Statements } from './connection.ts'
import type { Values } from './statement.ts'

/** Rows of a table that have had their time. */
export interface OldRows {
  readonly table: string
  /** The columns of its primary key. */
  readonly key: string
  /** In the words of an index, with `:before`. */
  readonly isOld: string
  /** What the oldest come first by, where that is not the key. */
  readonly oldest?: string
}

/** Forgets at most `limit` of them, the oldest first; returns how many. They are locked in the order of their key. */
export async function forgetFirst(
  statements: Statements,
  { table, key, isOld, oldest = key }: OldRows,
  values: Values & { readonly limit: number },
): Promise<number> {
  const sql = `WITH chosen AS MATERIALIZED (
    SELECT ${key} FROM ${table} WHERE ${isOld} ORDER BY ${oldest} LIMIT :limit::bigint),
  locked AS MATERIALIZED (
    SELECT ${key} FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM chosen) AND ${isOld} ORDER BY ${key} FOR UPDATE)
  DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM locked) RETURNING 1`
  return (await statements.all(sql, values)).length
}

/** How many there are, up to `most`. */
export async function countUpTo(
  statements: Statements,
  { table, key, isOld, oldest = key }: OldRows,
  values: Values & { readonly most: number },
): Promise<number> {
  const sql = `SELECT count(*) AS count FROM (SELECT FROM ${table} WHERE ${isOld}
    ORDER BY ${oldest} LIMIT :most::bigint) AS old`
  const [row] = await statements.all<{ count: string }>(sql, values)
  return Number(row?.count ?? 0)
}
