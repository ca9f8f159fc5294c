import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  hoursAfterNoon,
  noon,
  plainly,
  sampleSession,
} from '../../testing/session-store-contract/sample-session.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest
let pool: Pool
let other: Pool

beforeAll(async () => {
  postgres = await postgresUnderTest()
  const settings = await postgres.newSchema()
  pool = newPool({ ...settings, max: 4 })
  other = newPool({ ...settings, max: 2 })
}, 120_000)
afterAll(async () => {
  await Promise.all([pool.end(), other.end()])
  await postgres.dispose()
}, 60_000)

async function countWaiting(): Promise<number> {
  const { rows } = await other.query(
    "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
  )
  return rows.length
}

it('fading goes on after sessions that were forgotten while it waited for them', async () => {
  const storage = postgresStorage(pool)
  await storage.open()
  const { sessions } = storage
  const records = [0, 1, 2].map((hour) =>
    sampleSession('ada', { createdAt: hoursAfterNoon(hour), ipAddress: '192.0.2.10' }),
  )
  for (const record of records) await sessions.insert(record, plainly)
  const chosen = records.slice(0, 2).map(({ id }) => id)
  const client = await other.connect()
  await client.query('BEGIN')
  await client.query('DELETE FROM user_sessions WHERE id = ANY ($1)', [chosen])
  const fading = sessions.fade('ipAddress', noon, hoursAfterNoon(5), 2)
  await expect.poll(countWaiting, { timeout: 30_000 }).toBe(1)
  await client.query('COMMIT')
  client.release()
  const reached = await fading
  expect(reached).toBe(hoursAfterNoon(1))
  expect(await sessions.fade('ipAddress', reached ?? noon, hoursAfterNoon(5), 2)).toBeNull()
  expect((await sessions.find(records[2]?.id ?? sampleSession('eve').id))?.ipAddress).toBeNull()
  await storage.close()
}, 60_000)
