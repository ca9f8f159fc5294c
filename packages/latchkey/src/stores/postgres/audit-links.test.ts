import type { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { instantOf } from '../../foundation/time.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest
let pool: Pool

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)
afterAll(() => postgres.dispose(), 60_000)

beforeEach(async () => {
  pool = newPool({ ...(await postgres.newSchema()), max: 3 })
})
afterEach(() => pool.end())

const link = { first: 1, last: 3, count: 3, digest: new Uint8Array(32).fill(1), at: instantOf(1_000) }

it('a node that knows no facts of events makes no links, takes itself for one that lost a race, and another makes them', async () => {
  const storage = postgresStorage(pool)
  await storage.open()
  // Word for word what the version before facts sends.
  const earlier = await pool.query({
    text: `INSERT INTO session_audit_links (first_position, last_position, events, digest, at, after_position)
      SELECT $1::bigint, $2::bigint, $3::bigint, $4::bytea, $5::bigint, $6::bigint
      WHERE coalesce((SELECT max(last_position) FROM session_audit_links), 0) = $6::bigint
      ON CONFLICT DO NOTHING RETURNING 1`,
    values: [1, 3, 3, Buffer.alloc(32, 2), 1_000, 0],
  })
  expect(earlier.rows).toEqual([])
  expect(await storage.auditLinks.latest()).toBeNull()
  expect(await storage.auditLinks.append(link, null)).toBe(true)
  expect(await storage.auditLinks.append({ ...link, last: 4 }, null)).toBe(false)
  expect(await storage.auditLinks.latest()).toEqual(link)
  await storage.close()
})
