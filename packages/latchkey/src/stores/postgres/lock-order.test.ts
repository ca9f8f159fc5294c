import type { Pool, PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeviceRecord } from '../../model/device.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  hoursAfterNoon,
  noon,
  onDevice,
  plainly,
  replacing,
  revokedAt,
  sampleDevice,
  sampleSession,
  sessionOn,
} from '../../testing/session-store-contract/sample-session.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)

afterAll(() => postgres.dispose(), 60_000)

interface Place {
  readonly storage: Storage
  /** In the order in which they are to be locked. */
  readonly records: readonly SessionRecord[]
  /** Of another process. */
  readonly other: Pool
}

type Keyed = Pick<SessionRecord | DeviceRecord, 'id' | 'shard'>

/** What another process locks. */
interface Rows {
  readonly table: 'user_sessions' | 'user_devices'
  readonly records: readonly Keyed[]
}

async function withSessions(
  use: (place: Place) => Promise<void>,
  userOf: (index: number) => string = (index) => `user-${index}`,
): Promise<void> {
  const settings = await postgres.newSchema()
  const pool = newPool({ ...settings, max: 4 })
  const other = newPool({ ...settings, max: 2 })
  const storage = postgresStorage(pool)
  await storage.open()
  const records = Array.from({ length: 12 }, (_, index) => sampleSession(userOf(index)))
  await Promise.all(records.map((record) => storage.sessions.insert(record, plainly)))
  try {
    await use({ storage, records: inOrder(records), other })
  } finally {
    await storage.close()
    await Promise.all([pool.end(), other.end()])
  }
}

/** As the batch of another process would: the first session, and the rest once `change` waits for that one. */
async function lockInOrder(
  place: Place,
  change: () => Promise<unknown>,
  rows: Rows = { table: 'user_sessions', records: place.records },
): Promise<void> {
  const client = await place.other.connect()
  let changing: Promise<unknown> | null = null
  try {
    await client.query('BEGIN')
    await lock(client, { ...rows, records: rows.records.slice(0, 1) })
    changing = change()
    await expect.poll(() => countWaiting(place.other), { timeout: 30_000 }).toBe(1)
    await lock(client, { ...rows, records: rows.records.slice(1) })
  } finally {
    await client.query('ROLLBACK')
    client.release()
    await changing
  }
}

async function countWaiting(pool: Pool): Promise<number> {
  const { rows } = await pool.query(
    "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
  )
  return rows.length
}

/** Fails where somebody else holds one of them. */
async function lock(client: PoolClient, { table, records }: Rows): Promise<void> {
  const statement = `SELECT FROM ${table} WHERE id = $1 AND shard = $2 FOR UPDATE NOWAIT`
  for (const { id, shard } of records) await client.query(statement, [id, shard])
}

function inOrder<One extends Keyed>(records: readonly One[]): readonly One[] {
  return records.toSorted((a, b) => a.shard - b.shard || (a.id < b.id ? -1 : 1))
}

describe('a batch that waits for a session of another one', { timeout: 60_000 }, () => {
  it('of uses: holds none that comes after it, and is written in the end', () =>
    withSessions(async (place) => {
      const at = hoursAfterNoon(1)
      const seen = place.records.map(({ id }) => ({ id, at })).reverse()
      await lockInOrder(place, () => place.storage.sessions.touch(seen))
      for (const { id } of seen) {
        expect((await place.storage.sessions.find(id))?.lastAccessedAt).toBe(at)
      }
    }))

  it('of creates that replace: holds none that comes after it, and replaces all in the end', () =>
    withSessions(async (place) => {
      const create = (old: SessionRecord) =>
        place.storage.sessions.insert(sampleSession(old.userId), replacing(old))
      await lockInOrder(place, () => Promise.all(place.records.toReversed().map(create)))
      for (const { id } of place.records) {
        expect((await place.storage.sessions.find(id))?.endReason).toBe('replaced')
      }
    }))

  it('of sign-ins on devices: holds no device that comes after it, and sees all in the end', () =>
    withSessions(async (place) => {
      const { sessions, devices } = place.storage
      const signIn = (device: DeviceRecord) => sessions.insert(sessionOn(device), onDevice(device))
      const known = inOrder(place.records.map(({ userId }) => sampleDevice(userId)))
      await Promise.all(known.map(signIn))
      const again = known.map((device) => ({ ...device, lastSeenAt: hoursAfterNoon(1) })).reverse()
      const rows = { table: 'user_devices', records: known } as const
      await lockInOrder(place, () => Promise.all(again.map(signIn)), rows)
      for (const { id } of known) expect((await devices.find(id))?.lastSeenAt).toBe(hoursAfterNoon(1))
    }))

  it('of sign-ins on known devices: holds no session that comes after it, and ends all in the end', () =>
    withSessions(async (place) => {
      const { sessions } = place.storage
      const known = place.records.map(({ userId }) => sampleDevice(userId))
      const earlier = inOrder(known.map((device) => sessionOn(device)))
      const signIn = (record: SessionRecord) => {
        const device = known.find(({ id }) => id === record.deviceId) ?? sampleDevice(record.userId)
        return sessions.insert(record, onDevice(device))
      }
      await Promise.all(earlier.map(signIn))
      const next = earlier
        .toReversed()
        .map((record) => sampleSession(record.userId, { deviceId: record.deviceId }))
      const rows = { table: 'user_sessions', records: earlier } as const
      await lockInOrder(place, () => Promise.all(next.map(signIn)), rows)
      for (const { id } of earlier) expect((await sessions.find(id))?.endReason).toBe('replaced')
    }))

  it("of endings of all of a user's sessions: holds none that comes after it, alone and in a batch", async () => {
    for (const others of [[], ['bob', 'eve']]) {
      await withSessions(
        async (place) => {
          const end = (userId: string) =>
            place.storage.sessions.invalidate({ kind: 'user', userId, except: null }, revokedAt(noon))
          await lockInOrder(place, () => Promise.all(['ada', ...others].map(end)))
          for (const { id } of place.records) {
            expect((await place.storage.sessions.find(id))?.endReason).toBe('revoked')
          }
        },
        () => 'ada',
      )
    }
  })
})
