import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionRecord } from '../../model/session.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  changedAt,
  digestOf,
  hoursAfterNoon,
  noon,
  plainly,
  queryAt,
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

interface Place {
  readonly pool: Pool
  readonly storages: readonly [Storage, Storage]
  browsers(): Promise<readonly string[]>
}

async function withTwo(use: (place: Place) => Promise<void>): Promise<void> {
  const pool = newPool({ ...(await postgres.newSchema()), max: 8 })
  const storages = [postgresStorage(pool), postgresStorage(pool)] as const
  for (const storage of storages) await storage.open()
  const browsers = async (): Promise<readonly string[]> => {
    const { rows } = await pool.query('SELECT browser FROM session_facet_sets ORDER BY browser')
    return rows.map(({ browser }) => browser)
  }
  try {
    await use({ pool, storages, browsers })
  } finally {
    for (const storage of storages) await storage.close()
    await pool.end()
  }
}

function on(browser: string, changes: Partial<SessionRecord> = {}): SessionRecord {
  const record = sampleSession('ada', changes)
  return { ...record, deviceInfo: { ...record.deviceInfo, browser } }
}

async function foundBy({ sessions }: Storage, browser: string, most = 5_000): Promise<number> {
  const facets = [{ facet: 'browser', is: 'one-of', values: [browser] }] as const
  return (await sessions.list(queryAt(noon, { facets }), { cursor: null, limit: most })).items.length
}

describe('the combinations of facets', { timeout: 60_000 }, () => {
  it('are there once, however many sign-ins bring one at once in however many processes', () =>
    withTwo(async ({ storages, browsers }) => {
      const names = ['Chrome', 'Firefox', 'Safari', '\u0000', 'x'.repeat(300)]
      const signIns = names.flatMap((name) =>
        storages.map(({ sessions }) => sessions.insert(on(name), plainly)),
      )
      await Promise.all(signIns)
      expect(await browsers()).toHaveLength(names.length)
      for (const name of names) expect(await foundBy(storages[0], name)).toBe(2)
    }))

  it('are found beyond the newest sessions that are looked at one by one, in every page', () =>
    withTwo(async ({ storages: [storage] }) => {
      const rare = [1, 2, 3].map((hours) => on('Rare', { createdAt: hoursAfterNoon(-hours) }))
      const common = Array.from({ length: 2_100 }, () => on('Common'))
      await Promise.all([...rare, ...common].map((record) => storage.sessions.insert(record, plainly)))
      expect(await foundBy(storage, 'Rare')).toBe(3)
      expect(await foundBy(storage, 'Common')).toBe(2_100)
      expect(await foundBy(storage, 'None')).toBe(0)
      const facets = [{ facet: 'browser', is: 'one-of', values: ['Rare'] }] as const
      const first = await storage.sessions.list(queryAt(noon, { facets }), { cursor: null, limit: 2 })
      const second = await storage.sessions.list(queryAt(noon, { facets }), { cursor: first.next, limit: 2 })
      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(rare.map(({ id }) => id))
    }))

  it('come back where another process forgot one that this one remembers, however many sessions are newer', () =>
    withTwo(async ({ storages: [storage, other] }) => {
      const old = { createdAt: hoursAfterNoon(-2) }
      const gone = on('Gone', old)
      await storage.sessions.insert(gone, plainly)
      await storage.sessions.invalidate({ kind: 'session', id: gone.id, userId: null }, revokedAt(noon))
      await other.sessions.forget(hoursAfterNoon(1), 10)
      await storage.sessions.insert(on('Gone', old), plainly)
      const newer = Array.from({ length: 5_000 }, () => on('Common'))
      await Promise.all(newer.map((record) => storage.sessions.insert(record, plainly)))
      await other.sessions.cleanup(boundsAt(hoursAfterNoon(-2)), noon, 10)
      expect(await foundBy(storage, 'Gone')).toBe(0)
      await storage.sessions.cleanup(boundsAt(hoursAfterNoon(-2)), noon, 10)
      expect(await foundBy(storage, 'Gone')).toBe(1)
    }))

  it('go with the last session that had one, and come back with the next', () =>
    withTwo(async ({ storages: [storage, other], browsers }) => {
      const gone = on('Gone')
      await storage.sessions.insert(gone, plainly)
      await storage.sessions.insert(on('Kept'), plainly)
      await storage.sessions.insert(on('Kept'), plainly)
      await storage.sessions.invalidate({ kind: 'session', id: gone.id, userId: null }, revokedAt(noon))
      await storage.sessions.forget(hoursAfterNoon(1), 10)
      expect(await browsers()).toEqual(['Kept'])
      await storage.sessions.insert(on('Gone'), plainly)
      await other.sessions.cleanup(boundsAt(noon), noon, 10)
      expect(await browsers()).toEqual(['Gone', 'Kept'])
      await storage.sessions.forgetUser('ada', changedAt(noon), digestOf)
      expect(await browsers()).toEqual([])
    }))
})
