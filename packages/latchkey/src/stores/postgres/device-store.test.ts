import type { Pool, PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeviceRecord } from '../../model/device.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  changedAt,
  digestOf,
  hoursAfterNoon,
  noon,
  onDevice,
  revokedAt,
  sampleDataKey,
  sampleDevice,
  sampleSession,
  sessionOn,
} from '../../testing/session-store-contract/sample-session.ts'
import { lockDataKeys } from './advisory-locks.ts'
import { statementsOn } from './connection.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)

afterAll(() => postgres.dispose(), 60_000)

interface Place {
  readonly storage: Storage
  /** Of another process. */
  readonly other: Pool
}

async function withStorage(use: (place: Place) => Promise<void>): Promise<void> {
  const settings = await postgres.newSchema()
  const pool = newPool({ ...settings, max: 8 })
  const other = newPool({ ...settings, max: 2 })
  const storage = postgresStorage(pool)
  await storage.open()
  try {
    await use({ storage, other })
  } finally {
    await storage.close()
    await Promise.all([pool.end(), other.end()])
  }
}

/** Has `act` done by another process within a transaction that is committed once `change` waits for it. */
async function meanwhile(
  { other }: Place,
  act: (client: PoolClient) => Promise<unknown>,
  change: () => Promise<unknown>,
): Promise<unknown> {
  const client = await other.connect()
  await client.query('BEGIN')
  await act(client)
  const changing = change()
  await expect.poll(() => countWaiting(other), { timeout: 30_000 }).toBe(1)
  await client.query('COMMIT')
  client.release()
  return changing
}

async function countWaiting(pool: Pool): Promise<number> {
  const { rows } = await pool.query(
    "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
  )
  return rows.length
}

/** As a sign-in would, at the time at which the device was seen last. */
async function signIn(client: PoolClient, { id, shard }: DeviceRecord, session: string): Promise<void> {
  await client.query('UPDATE user_devices SET sign_ins = sign_ins + 1 WHERE id = $1 AND shard = $2', [
    id,
    shard,
  ])
  await client.query(
    `INSERT INTO user_sessions (id, user_id, device_info, created_at, expires_at, shard, secret_hash, version,
       authenticated_at, amr, device_id)
     VALUES ($1, 'ada', '{}', ${noon}, ${hoursAfterNoon(24)}, $2, '\\x00', 1, ${noon}, '[]', $3)`,
    [session, shard, id],
  )
}

describe('a device that somebody signs in on meanwhile', { timeout: 60_000 }, () => {
  it('is not forgotten for want of use, and what it is in the way of is', () =>
    withStorage(async (place) => {
      const { sessions, devices } = place.storage
      const [used, unused] = [sampleDevice('ada'), sampleDevice('ada')]
      for (const device of [used, unused]) {
        await sessions.insert(sessionOn(device), onDevice(device))
        const selection = { kind: 'device', userId: 'ada', deviceId: device.id } as const
        await sessions.invalidate(selection, revokedAt(noon))
      }
      const forgotten = await meanwhile(
        place,
        (client) => signIn(client, used, sampleSession('ada').id),
        () => devices.forgetUnused(hoursAfterNoon(1), noon, 2),
      )
      expect(forgotten).toBe(1)
      expect((await devices.list('ada', 10)).map(({ id }) => id)).toEqual([used.id])
    }))

  it("is forgotten with the user, and so are its user's sessions", () =>
    withStorage(async (place) => {
      const { sessions, devices, statistics, events } = place.storage
      const device = sampleDevice('ada')
      await sessions.insert(sessionOn(device), onDevice(device))
      const late = sampleSession('ada')
      const gone = await meanwhile(
        place,
        (client) => signIn(client, device, late.id),
        () => sessions.forgetUser('ada', changedAt(noon), digestOf),
      )
      expect(gone).toHaveLength(2)
      expect(await devices.list('ada', 10)).toEqual([])
      expect(await sessions.find(late.id)).toBeNull()
      const left = await events.read(0, 10)
      expect(left.map(({ type, userId, actor }) => [type, userId, actor])).toEqual([
        ...left.slice(1).map(() => ['event.erased', null, 'system']),
        ['user.forgotten', null, 'system'],
      ])
      expect(left.length).toBeGreaterThan(2)
      expect(await statistics.recountActive()).toBe(0)
    }))

  it('is one that another process has just added: its session ends the one of that process', () =>
    withStorage(async (place) => {
      const { sessions } = place.storage
      const device = sampleDevice('ada')
      const early = sampleSession('ada').id
      const outcome = await meanwhile(
        place,
        async (client) => {
          await client.query(
            `INSERT INTO user_devices (id, user_id, shard, version, device_info, first_seen_at, last_seen_at)
             VALUES ($1, 'ada', $2, 1, '{}', ${noon}, ${noon})`,
            [device.id, device.shard],
          )
          await signIn(client, device, early)
        },
        () => sessions.insert(sessionOn(device), onDevice(device)),
      )
      expect(outcome).toEqual({ kind: 'inserted', replaced: [{ id: early, userId: 'ada' }] })
      expect((await sessions.find(early))?.endReason).toBe('replaced')
    }))
})

it('a first key that another process is adding is waited for', { timeout: 60_000 }, () =>
  withStorage(async (place) => {
    const { dataKeys } = place.storage
    const key = sampleDataKey()
    const isFirst = await meanwhile(
      place,
      async (client) => {
        await lockDataKeys(statementsOn(client))
        const values = [key.id, key.table, key.wrapped, key.createdAt]
        await client.query('INSERT INTO session_data_keys VALUES ($1, $2, $3, $4)', values)
      },
      () => dataKeys.addFirst(sampleDataKey()),
    )
    expect(isFirst).toBe(false)
    expect(await dataKeys.list()).toEqual([key])
    expect(await dataKeys.addFirst(sampleDataKey({ table: 'user_devices' }))).toBe(true)
  }),
)

it('a device of any text comes back as it went in', { timeout: 60_000 }, () =>
  withStorage(async ({ storage: { sessions, devices } }) => {
    const texts = ['\u0000', '\u0001', '"', '\\', 'NULL', '{a,"b"}', "'", '', 'Ordinateur é']
    const all = texts.map((text) =>
      sampleDevice(`user ${text}`, {
        name: text,
        deviceInfo: { ...sampleDevice('ada').deviceInfo, browser: text, location: text },
        fingerprints: text === '' ? [] : `abcdefgh.${text}`,
        resembles: text === '' ? null : { deviceId: sampleDevice('ada').id, confidence: 0.875 },
      }),
    )
    await Promise.all(all.map((device) => sessions.insert(sessionOn(device), onDevice(device))))
    expect(await Promise.all(all.map(({ id }) => devices.find(id)))).toEqual(all)
  }),
)
