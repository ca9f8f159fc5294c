import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sampleAlert, sampleHistory } from '../../testing/session-store-contract/sample-alert.ts'
import {
  changedAt,
  digestOf,
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

it('a batch of detectors that comes while a user is being erased brings nothing of them back', async () => {
  const storage = postgresStorage(pool)
  await storage.open()
  const { alerts, events, sessions } = storage
  await alerts.begin(0)
  await sessions.insert(sampleSession('ada'), plainly)
  const [created] = await events.read(0, 1)
  const position = created?.position ?? 0
  const client = await other.connect()
  await client.query('BEGIN')
  await client.query('SELECT FROM session_event_log WHERE position = $1 FOR UPDATE', [position])
  // Their histories and alerts it has looked for by then.
  const erasing = sessions.forgetUser('ada', changedAt(noon), digestOf)
  await expect.poll(countWaiting, { timeout: 30_000 }).toBe(1)
  const said = { histories: [sampleHistory('ada')], alerts: [sampleAlert()], events: [] }
  const applying = alerts.apply({ after: 0, upTo: position, examined: [position], ...said })
  await Promise.race([applying, expect.poll(countWaiting, { timeout: 30_000 }).toBe(2)])
  await client.query('COMMIT')
  client.release()
  await erasing
  expect(await applying).toBe(false)
  expect(await alerts.histories(['ada'])).toEqual([])
  expect(await alerts.unanswered(10)).toEqual([])
  expect(await alerts.position()).toBe(0)
  await storage.close()
}, 60_000)
