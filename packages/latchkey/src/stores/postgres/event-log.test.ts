import type { PoolConfig } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Storage } from '../../ports/storage.ts'
import {
  noon,
  plainly,
  revokedAt,
  sampleSession,
} from '../../testing/session-store-contract/sample-session.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)

afterAll(() => postgres.dispose(), 60_000)

interface Nodes {
  readonly settings: PoolConfig
  readonly storages: readonly Storage[]
}

async function withNodes(count: number, use: (nodes: Nodes) => Promise<void>): Promise<void> {
  const settings = await postgres.newSchema()
  const pools = Array.from({ length: count }, () => newPool({ ...settings, max: 5 }))
  const storages = pools.map((pool) => postgresStorage(pool))
  for (const storage of storages) await storage.open()
  try {
    await use({ settings, storages })
  } finally {
    await Promise.all(storages.map((storage) => storage.close()))
    await Promise.all(pools.map((pool) => pool.end()))
  }
}

describe('the log of events', { timeout: 60_000 }, () => {
  it('never shows an event below a position that was read, however many write and read', () =>
    withNodes(3, async ({ storages }) => {
      let isWriting = true
      const read = async (storage: Storage): Promise<number[]> => {
        const positions: number[] = []
        for (let isLast = false; !isLast; ) {
          isLast = !isWriting
          const found = await storage.events.read(positions.at(-1) ?? 0, 7)
          positions.push(...found.map(({ position }) => position))
          if (found.length > 0) isLast = false
        }
        return positions
      }
      const readers = storages.map(read)
      const writers = storages.flatMap((storage, node) =>
        Array.from({ length: 8 }, async (_, writer) => {
          for (let turn = 0; turn < 6; turn += 1) {
            await storage.sessions.insert(sampleSession(`user-${node}-${writer}`), plainly)
          }
          const userId = `user-${node}-${writer}`
          await storage.sessions.invalidate({ kind: 'user', userId, except: null }, revokedAt(noon))
        }),
      )
      await Promise.all(writers)
      isWriting = false
      const told = await Promise.all(readers)
      const everything = Array.from({ length: 3 * 8 * 12 }, (_, index) => index + 1)
      for (const positions of told) expect(positions).toEqual(everything)
    }))

  it('leaves out what is not committed yet, and shows it later in a higher place', () =>
    withNodes(1, async ({ settings, storages: [storage] }) => {
      const pool = newPool({ ...settings, max: 1 })
      const client = await pool.connect()
      await client.query('BEGIN')
      await client.query(`INSERT INTO session_events (type, at, session_id, user_id, shard, actor)
        VALUES ('session.created', ${noon}, 'ses_aaaaaaaaaaaaaaaaaaaaaaaa', 'slow', 1, 'system')`)
      await storage?.sessions.insert(sampleSession('fast'), plainly)
      const first = (await storage?.events.read(0, 10)) ?? []
      expect(first.map((event) => event.userId)).toEqual(['fast'])
      await client.query('COMMIT')
      client.release()
      await pool.end()
      const second = (await storage?.events.read(first[0]?.position ?? 0, 10)) ?? []
      expect(second.map((event) => event.userId)).toEqual(['slow'])
    }))

  it('counts what a caller changes while the newest position is asked for as newer than that', () =>
    withNodes(1, async ({ storages: [storage] }) => {
      for (let turn = 0; turn < 20; turn += 1) {
        const asked = storage?.events.latest()
        const insert = storage?.sessions.insert(sampleSession('ada'), plainly)
        const newest = await asked
        await insert
        expect(await storage?.events.latest()).toBe((newest ?? 0) + 1)
      }
    }))
})

describe('the live feed', { timeout: 60_000 }, () => {
  it('listens again after its connection was cut', () =>
    withNodes(2, async ({ settings, storages: [one, two] }) => {
      let wakes = 0
      const leave = one?.liveFeed.subscribe(() => {
        wakes += 1
      })
      const pool = newPool({ ...settings, max: 1 })
      const cut = async (): Promise<number> => {
        const { rows } = await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE query LIKE 'LISTEN%' AND state = 'idle'`)
        return rows.length
      }
      await expect.poll(cut, { timeout: 30_000 }).toBe(1)
      await expect.poll(cut, { timeout: 30_000 }).toBe(1)
      const before = wakes
      await two?.sessions.insert(sampleSession('ada'), plainly)
      await expect.poll(() => wakes, { timeout: 30_000 }).toBeGreaterThan(before)
      leave?.()
      await pool.end()
    }))

  it('notices what nobody said', () =>
    withNodes(1, async ({ settings, storages: [storage] }) => {
      let wakes = 0
      storage?.liveFeed.subscribe(() => {
        wakes += 1
      })
      await expect.poll(() => wakes, { timeout: 30_000 }).toBeGreaterThan(0)
      const before = wakes
      const pool = newPool({ ...settings, max: 1 })
      await pool.query(`INSERT INTO session_events (type, at, session_id, user_id, shard, actor)
        VALUES ('session.created', ${noon}, 'ses_aaaaaaaaaaaaaaaaaaaaaaaa', 'ada', 1, 'system')`)
      await expect.poll(() => wakes, { timeout: 30_000 }).toBeGreaterThan(before)
      await pool.end()
    }))
})
