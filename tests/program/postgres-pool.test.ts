import { afterAll, beforeAll, expect, it } from 'vitest'
import { endPool, postgresPool } from '../../packages/server/src/program/postgres-pool.ts'
import { databaseUrl, type PostgresUnderTest, startPostgres } from '../running-postgres.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.dispose())

it.each(['requests', 'maintenance'] as const)(
  'every connection for %s has the just-in-time compiler off before it is handed out',
  async (purpose) => {
    const connectionString = databaseUrl(await postgres.newSchema())
    const place = { host: '127.0.0.1', port: 5432, database: '', user: '' }
    const pool = postgresPool({ kind: 'postgres', connectionString, place, poolSize: 3 }, purpose)
    const answers = await Promise.all(Array.from({ length: 3 }, () => pool.query('SHOW jit')))
    await endPool(pool)
    expect(answers.map(({ rows }) => rows)).toEqual([[{ jit: 'off' }], [{ jit: 'off' }], [{ jit: 'off' }]])
  },
)
