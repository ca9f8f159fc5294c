import { postgresStorage } from 'latchkey/postgres'
import type { Pool } from 'pg'
import { freshDatabase, poolOn } from './fresh-database.ts'

/** A database with Latchkey's schema, used without Latchkey. */
export async function plainPostgres(
  connections?: number,
): Promise<{ readonly url: string; readonly pool: Pool }> {
  const url = await freshDatabase()
  const pool = poolOn(url, connections)
  const storage = postgresStorage(pool)
  await storage.open()
  await storage.close()
  return { url, pool }
}

export async function countRows(
  pool: Pool,
  table: string,
  condition: string,
  value: unknown,
): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table} WHERE ${condition}`,
    [value],
  )
  return rows[0]?.count ?? 0
}
