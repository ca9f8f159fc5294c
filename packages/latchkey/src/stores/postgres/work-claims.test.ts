import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { after, days, minutes } from '../../foundation/time.ts'
import { noon } from '../../testing/session-store-contract/sample-session.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest
let pool: Pool

beforeAll(async () => {
  postgres = await postgresUnderTest()
  pool = newPool({ ...(await postgres.newSchema()), max: 3 })
}, 120_000)
afterAll(async () => {
  await pool.end()
  await postgres.dispose()
}, 60_000)

it('what was claimed by processes that were killed is forgotten a day later, and nothing else', async () => {
  const storage = postgresStorage(pool)
  await storage.open()
  const { workClaims } = storage
  const works = async (): Promise<unknown> =>
    (await pool.query('SELECT work FROM session_work_claims ORDER BY work')).rows.map(({ work }) => work)
  await workClaims.claim('killed', 'a', noon, after(noon, minutes(1)))
  await workClaims.claim('going on', 'a', noon, after(noon, days(2)))
  await workClaims.claim('reports', 'b', after(noon, days(1)), after(noon, days(2)))
  expect(await works()).toEqual(['going on', 'killed', 'reports'])
  const later = after(after(noon, days(1)), minutes(2))
  expect(await workClaims.claim('going on', 'b', later, after(noon, days(2)))).toBe(false)
  expect(await works()).toEqual(['going on', 'reports'])
  await storage.close()
})
