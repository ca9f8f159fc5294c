import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionRecord } from '../../model/session.ts'
import {
  boundsAt,
  changedAt,
  cutOffAt,
  noon,
  queryAt,
  sampleDevice,
  sampleSession,
  windowAt,
} from '../../testing/session-store-contract/sample-session.ts'
import { userSessions } from './migrations/0001-user-sessions.ts'
import { sessionNodes } from './migrations/0002-session-nodes.ts'
import { userDevices } from './migrations/0003-user-devices.ts'
import { cutOffsAndAudit } from './migrations/0004-cut-offs-and-audit.ts'
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

/** What a node of the version before says, with the columns that it knows. */
async function asBefore(pool: Pool, { id, shard, expiresAt }: SessionRecord): Promise<void> {
  await pool.query(
    `INSERT INTO user_sessions (id, user_id, device_info, created_at, expires_at, shard, secret_hash, version,
       authenticated_at, amr) VALUES ($1, 'ada', '{"type":"desktop"}', ${noon}, ${expiresAt}, $2, '\\x00', 1, ${noon}, '[]')`,
    [id, shard],
  )
  await pool.query(
    `INSERT INTO session_events (type, at, session_id, device_id, user_id, shard, actor, device_type, browser, os)
     VALUES ('session.created', ${noon}, $1, NULL, 'ada', $2, 'system', NULL, NULL, NULL)`,
    [id, shard],
  )
  await pool.query(
    `INSERT INTO forgotten_sessions SELECT 'ada', $1, 1, 5, 5, 1, 0, 0, 0, 0
     ON CONFLICT (shard, user_id) DO UPDATE SET total = forgotten_sessions.total + excluded.total`,
    [shard],
  )
}

describe('a schema from before there were cut-offs', { timeout: 60_000 }, () => {
  it.each([0, 4])(
    'keeps its rows where they are, and a node of that time goes on, in %i partitions',
    async (partitions) => {
      const pool = newPool({ ...(await postgres.newSchema()), max: 4 })
      await pool.query(`${userSessions({ partitions })}${sessionNodes()}${userDevices()}${versionOne}
      INSERT INTO user_sessions_migrations VALUES (3);`)
      const [old, later] = [sampleSession('ada'), sampleSession('ada')]
      await asBefore(pool, old)
      const files = `SELECT relname, pg_relation_filenode(oid) AS file FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
          AND relname LIKE ANY ('{user_sessions,user_sessions_0,session_event%,forgotten%}')
        ORDER BY relname`
      const { rows: before } = await pool.query(files)
      const storage = postgresStorage(pool)
      await storage.open()
      expect((await pool.query(files)).rows).toEqual(before)
      await asBefore(pool, later)
      const plain = {
        roles: [],
        deviceTrust: 'untrusted',
        stage: 'complete',
        idleTimeout: null,
        rotation: null,
      }
      for (const { id } of [old, later]) expect(await storage.sessions.find(id)).toMatchObject(plain)
      const nothingSaid = { userId: 'ada', request: null, before: null, after: null, digest: null }
      expect(await storage.events.read(0, 10)).toMatchObject([nothingSaid, nothingSaid])
      const ended = { logout: 1, 'session-limit': 0, 'token-reuse': 0, 'network-change': 0 }
      expect(await storage.statistics.forUser('ada', windowAt(noon))).toMatchObject({ total: 4, ended })
      await storage.cutOffs.set(cutOffAt({ kind: 'everybody' }, noon), changedAt(noon))
      expect(await storage.sessions.cleanup(boundsAt(noon), noon, 10)).toHaveLength(2)
      await storage.close()
      await pool.end()
    },
  )
})

describe('a schema from before there were reports', { timeout: 60_000 }, () => {
  it.each([0, 4])(
    'finds its sessions by their facets, and those that a node of that time adds, in %i partitions',
    async (partitions) => {
      const pool = newPool({ ...(await postgres.newSchema()), max: 4 })
      await pool.query(`${userSessions({ partitions })}${sessionNodes()}${userDevices()}${cutOffsAndAudit()}${versionOne}
      INSERT INTO user_sessions_migrations VALUES (3), (4);`)
      const [old, later] = [sampleSession('ada'), sampleSession('ada')]
      await asBefore(pool, old)
      const storage = postgresStorage(pool)
      await storage.open()
      const page = { cursor: null, limit: 10 }
      const found = async (facet: 'device_type' | 'browser', value: string): Promise<readonly string[]> => {
        const facets = [{ facet, is: 'one-of', values: [value] }] as const
        const { items } = await storage.sessions.list(queryAt(noon, { facets }), page)
        return items.map(({ id }) => id)
      }
      expect(await found('device_type', 'desktop')).toEqual([old.id])
      await asBefore(pool, later)
      await storage.sessions.cleanup(boundsAt(noon), noon, 10)
      expect(new Set(await found('browser', 'unknown'))).toEqual(new Set([old.id, later.id]))
      const nothingSaid = { device: null, facts: null }
      expect(await storage.events.read(0, 10)).toMatchObject([nothingSaid, nothingSaid])
      expect(await storage.sessions.find(old.id)).toMatchObject({ rangeKey: null, challengedAt: null })
      await storage.close()
      await pool.end()
    },
  )
})
