import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  noon,
  queryAt,
  sampleDevice,
  sampleSession,
} from '../../testing/session-store-contract/sample-session.ts'
import { userSessions } from './migrations/0001-user-sessions.ts'
import { sessionNodes } from './migrations/0002-session-nodes.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)

afterAll(() => postgres.dispose(), 60_000)

const versionOne = `CREATE TABLE user_sessions_migrations (number integer PRIMARY KEY);
INSERT INTO user_sessions_migrations VALUES (1), (2);`

describe('a schema from before there were devices', { timeout: 60_000 }, () => {
  it.each([0, 4])('is brought up to date with everything in it, in %i partitions', async (partitions) => {
    const pool = newPool({ ...(await postgres.newSchema()), max: 4 })
    await pool.query(`${userSessions({ partitions })}${sessionNodes()}${versionOne}`)
    const [known, unknown] = [sampleSession('ada'), sampleSession('ada', { ipAddress: null })]
    for (const { id, shard, ipAddress } of [known, unknown]) {
      await pool.query(
        `INSERT INTO user_sessions (id, user_id, device_info, created_at, expires_at, shard, secret_hash, version,
           authenticated_at, amr, ip_address)
         VALUES ($1, 'ada', '{"type":"desktop"}', ${noon}, ${known.expiresAt}, $2, '\\x00', 1, ${noon}, '[]', $3)`,
        [id, shard, ipAddress],
      )
    }
    await pool.query(
      `INSERT INTO session_events (type, at, session_id, user_id, shard, actor)
       VALUES ('session.created', ${noon}, $1, 'ada', $2, 'system')`,
      [known.id, known.shard],
    )
    const storage = postgresStorage(pool)
    await storage.open()
    const page = { cursor: null, limit: 10 }
    const byAddress = await storage.sessions.list(queryAt(noon, { ipAddress: '192.0.2.10' }), page)
    expect(byAddress.items).toMatchObject([
      { id: known.id, ipAddress: '192.0.2.10', addressKey: '192.0.2.10', deviceId: null, place: null },
    ])
    expect(await storage.sessions.find(unknown.id)).toMatchObject({ ipAddress: null, addressKey: null })
    expect(await storage.events.read(0, 10)).toMatchObject([{ sessionId: known.id, deviceId: null }])
    expect(await storage.devices.find(sampleDevice('ada').id)).toBeNull()
    await storage.close()
    await pool.end()
  })
})
