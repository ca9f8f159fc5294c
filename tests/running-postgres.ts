import type { PoolConfig } from 'pg'
import {
  type PostgresUnderTest,
  postgresUnderTest,
} from '../packages/latchkey/src/stores/postgres/postgres-under-test.fake.ts'

export { newPool } from '../packages/latchkey/src/stores/postgres/postgres-under-test.fake.ts'
export type { PostgresUnderTest }

/** A real PostgreSQL on a free port; the caller disposes of it. */
export const startPostgres: () => Promise<PostgresUnderTest> = postgresUnderTest

/** How the program is told of it: `changes` win over what the settings of the pool say. */
export function databaseUrl(settings: PoolConfig, changes: PoolConfig = {}): string {
  const { user, password, host, port, database, options } = { ...settings, ...changes }
  const url = new URL(`postgres://${host}:${port}/${encodeURIComponent(database ?? '')}`)
  url.username = encodeURIComponent(user ?? '')
  url.password = encodeURIComponent(String(password ?? ''))
  if (options !== undefined) url.searchParams.set('options', options)
  // The driver reads `+` as itself.
  return url.href.replaceAll('+', '%20')
}
