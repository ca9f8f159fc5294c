import type { Pool, PoolConfig } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSessions } from '../../operations/sessions.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  changedAt,
  claiming,
  digestOf,
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
import { postgresConnection } from './connection.ts'
import { migratePostgres, postgresMigrations } from './migrate.ts'
import { type PostgresUnderTest, newPool as poolOn, postgresUnderTest } from './postgres-under-test.fake.ts'
import { type PostgresStorageOptions, postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest
let settings: PoolConfig
const pools: Pool[] = []
const storages: Storage[] = []

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)

afterAll(() => postgres.dispose(), 60_000)

beforeEach(async () => {
  settings = await postgres.newSchema()
})

function newPool(changes: PoolConfig = {}): Pool {
  const pool = poolOn({ ...settings, max: 4, ...changes })
  pools.push(pool)
  return pool
}

afterEach(async () => {
  await Promise.all(storages.splice(0).map((storage) => storage.close()))
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
})

function storageOn(pool: Pool, options?: PostgresStorageOptions): Storage {
  const storage = postgresStorage(pool, options)
  storages.push(storage)
  return storage
}

async function opened(options?: PostgresStorageOptions): Promise<Storage> {
  const storage = storageOn(newPool(), options)
  await storage.open()
  return storage
}

it('has no statement of a transaction compiled, and leaves the setting of the connection as it was', async () => {
  const pool = newPool({ max: 1 })
  const before = await pool.query('SHOW jit')
  const connection = postgresConnection(pool)
  await connection.open(async () => {})
  expect(await connection.transaction(({ all }) => all('SHOW jit'))).toEqual([{ jit: 'off' }])
  expect((await pool.query('SHOW jit')).rows).toEqual(before.rows)
  await connection.close()
})

describe('opening a database', { timeout: 60_000 }, () => {
  it('makes the schema once, however many start at once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => opened()))
    const { rows } = await newPool().query('SELECT number FROM user_sessions_migrations')
    expect(rows).toEqual([1, 2, 3, 4, 5].map((number) => ({ number })))
  })

  it('refuses the schema of a newer version, and leaves it as it is', async () => {
    const pool = newPool()
    await migratePostgres(pool)
    await pool.query('INSERT INTO user_sessions_migrations (number) VALUES (999)')
    const refused = storageOn(newPool()).open()
    await expect(refused).rejects.toMatchObject({ code: 'storage-too-new', retryable: false })
    const byHand = postgresStorage(newPool(), { migrate: 'by-hand' }).open()
    await expect(byHand).rejects.toMatchObject({ code: 'storage-too-new' })
    await pool.query('DELETE FROM user_sessions_migrations WHERE number = 999')
    await opened()
  })

  it('goes on working on a schema that a newer version has made since, and not on one that lacks something', async () => {
    const storage = await opened()
    await newPool().query('INSERT INTO user_sessions_migrations (number) VALUES (999)')
    await expect(storage.ping()).resolves.toBeUndefined()
    await newPool().query('DELETE FROM user_sessions_migrations')
    await expect(storage.ping()).rejects.toMatchObject({ code: 'storage-failed' })
  })

  it('refuses a table of our name that somebody else made, and leaves everything as it is', async () => {
    const pool = newPool()
    await pool.query('CREATE TABLE user_sessions (theirs text)')
    await expect(storageOn(newPool()).open()).rejects.toMatchObject({ code: 'storage-failed' })
    const { rows } = await pool.query("SELECT to_regclass('user_sessions_migrations') AS made")
    expect(rows).toEqual([{ made: null }])
  })

  it('works on what the printed SQL made, by a user who may not make tables', async () => {
    const pool = newPool()
    await expect(opened({ migrate: 'by-hand' })).rejects.toMatchObject({ code: 'storage-failed' })
    await pool.query(postgresMigrations({ partitions: 4 }))
    const storage = await opened({ migrate: 'by-hand' })
    const record = sampleSession('ada')
    await storage.sessions.insert(record, plainly)
    expect(await storage.sessions.find(record.id)).not.toBeNull()
    const { rows } = await pool.query(
      "SELECT count(*)::int AS count FROM pg_inherits WHERE inhparent = 'user_sessions'::regclass",
    )
    expect(rows).toEqual([{ count: 4 }])
    const { rows: found } = await pool.query('SELECT current_schema() AS schema')
    await pool.query(`CREATE ROLE visitor; GRANT USAGE ON SCHEMA ${found[0].schema} TO visitor;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${found[0].schema} TO visitor`)
    const limited = newPool({ options: `${settings.options} -c role=visitor` })
    const visiting = storageOn(limited, { migrate: 'by-hand' })
    await visiting.open()
    await visiting.sessions.insert(sampleSession('ada'), plainly)
    expect(await visiting.events.read(0, 10)).toHaveLength(2)
    expect(await visiting.sessions.forgetUser('ada', changedAt(noon), digestOf)).toHaveLength(2)
  })

  it('says that the sign-in was refused, and names neither password nor address', async () => {
    const pool = newPool({ password: 'another-password' })
    const refused: unknown = await storageOn(pool)
      .open()
      .catch((thrown: unknown) => thrown)
    expect(refused).toMatchObject({ code: 'storage-unavailable' })
    const text = `${refused instanceof Error ? refused.message : ''}${JSON.stringify(refused)}`
    expect(text).toContain('password')
    expect(text).not.toMatch(/another-password|127\.0\.0\.1/)
  })
})

describe('an open storage', { timeout: 60_000 }, () => {
  it('is not usable before it was opened', async () => {
    const storage = storageOn(newPool())
    await expect(storage.ping()).rejects.toMatchObject({ code: 'closed' })
    await expect(storage.sessions.insert(sampleSession('ada'), plainly)).rejects.toMatchObject({
      code: 'closed',
    })
  })

  it('names neither SQL nor values in an error, nor in its JSON', async () => {
    const storage = await opened()
    const record = sampleSession('ada')
    await storage.sessions.insert(record, plainly)
    const refused: unknown = await storage.sessions.insert(record, plainly).catch((thrown: unknown) => thrown)
    const text = `${refused instanceof Error ? refused.message : ''}${JSON.stringify(refused)}`
    expect(text).toContain('storage-failed')
    expect(text).not.toMatch(/insert into|unique|user_sessions|ada|ses_|192\.0\.2/i)
  })

  it('gives back every connection that it took, those of failures included', async () => {
    const pool = newPool()
    const storage = storageOn(pool)
    await storage.open()
    const leave = storage.liveFeed.subscribe(() => {})
    await Promise.allSettled(
      Array.from({ length: 20 }, () => [
        storage.sessions.forgetUser('ada', changedAt(noon), digestOf),
        storage.sessions.insert(sampleSession('ada', { version: 2 ** 40 }), plainly),
      ]).flat(),
    )
    leave()
    await storage.close()
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0)
  })
})

describe('two processes on one database', { timeout: 60_000 }, () => {
  it('an ending by one is refused by the other at once, although it has just accepted it', async () => {
    const [one, two] = [storageOn(newPool()), storageOn(newPool())]
    const here = await createSessions({ storage: one, cleanup: 'by-command' })
    const there = await createSessions({ storage: two, cleanup: 'by-command' })
    for (let round = 0; round < 20; round += 1) {
      const { session, token } = await here.createSession({ userId: 'ada' })
      expect((await there.verifySession(token)).active).toBe(true)
      expect((await there.verifySession(token)).active).toBe(true)
      if (round % 2 === 0) await here.invalidateSession(session.id)
      else await here.invalidateAllUserSessions('ada')
      expect(await there.verifySession(token)).toEqual({ active: false, reason: 'revoked' })
    }
    await Promise.all([here.close(), there.close()])
  })
})

/** A claim that two of the processes make for each turn. */
function keyed(turn: number): Pick<ReturnType<typeof claiming>, 'idempotency'> {
  return { idempotency: claiming(`key-${turn}`, 'request').idempotency }
}

describe('three processes that change the same sessions', { timeout: 120_000 }, () => {
  it('keep no one waiting for good, refuse no one, and count what there is', async () => {
    const storages = await Promise.all([1, 2, 3].map(() => opened()))
    const users = ['ada', 'bob', 'eve', 'dan']
    const records = Array.from({ length: 60 }, (_, index) => sampleSession(users[index % 4] ?? 'ada'))
    await Promise.all(records.map((record) => storages[0]?.sessions.insert(record, plainly)))
    const known = users.map((userId) => sampleDevice(userId))
    const deviceAt = (turn: number) => known[turn % 4] ?? sampleDevice('ada')
    const shuffled = (turn: number) =>
      turn % 2 === 0 ? records : [...records.slice(turn), ...records.slice(0, turn)].reverse()
    const changes = storages.flatMap(({ sessions, devices }, node) =>
      Array.from({ length: 12 }, (_, turn) => [
        () => sessions.touch(shuffled(turn + node).map(({ id }) => ({ id, at: hoursAfterNoon(turn) }))),
        () => sessions.insert(sampleSession('ada'), replacing(records[turn * 4] ?? sampleSession('ada'))),
        () =>
          sessions.invalidate({ kind: 'user', userId: users[turn % 4] ?? '', except: null }, revokedAt(noon)),
        () => sessions.cleanup(boundsAt(hoursAfterNoon(24 * 31)), noon, 5),
        () => sessions.forget(hoursAfterNoon(1), 7),
        () => sessions.fade('ipAddress', noon, hoursAfterNoon(1), 7),
        () => sessions.insert(sessionOn(deviceAt(turn)), onDevice(deviceAt(turn))),
        () =>
          sessions.insert(sessionOn(deviceAt(turn + 1)), { ...onDevice(deviceAt(turn + 1)), ...keyed(turn) }),
        () =>
          sessions.invalidate(
            { kind: 'device', userId: deviceAt(turn).userId, deviceId: deviceAt(turn).id },
            revokedAt(noon),
          ),
        () => devices.forgetUnused(hoursAfterNoon(1), noon, 3),
        () => devices.forget(deviceAt(turn).id, changedAt(noon)),
        () =>
          turn % 6 === 5
            ? sessions.forgetUser(users[node] ?? '', changedAt(noon), digestOf)
            : storages[node]?.events.latest(),
      ]).flat(),
    )
    const outcomes = await Promise.allSettled(changes.map((change) => change()))
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
    for (const { statistics } of storages) {
      expect(await statistics.recountActive()).toBe((await statistics.totals()).active)
    }
  })
})

describe('a database that goes away', { timeout: 120_000 }, () => {
  it('is unavailable meanwhile, and everything works again once it is back', async () => {
    const storage = await opened()
    const record = sampleSession('ada')
    await storage.sessions.insert(record, plainly)
    let wakes = 0
    storage.liveFeed.subscribe(() => {
      wakes += 1
    })
    await postgres.stop()
    const calls = [
      () => storage.ping(),
      () => storage.sessions.find(record.id),
      () => storage.sessions.insert(sampleSession('ada'), plainly),
      () => storage.sessions.forgetUser('bob', changedAt(noon), digestOf),
      () => storage.events.read(0, 10),
    ]
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ code: 'storage-unavailable', retryable: true })
    }
    await postgres.start()
    await expect
      .poll(
        () =>
          storage.ping().then(
            () => 'there',
            () => 'away',
          ),
        { timeout: 30_000 },
      )
      .toBe('there')
    expect((await storage.sessions.find(record.id))?.userId).toBe('ada')
    const other = await opened()
    const before = wakes
    await other.sessions.insert(sampleSession('bob'), plainly)
    await expect.poll(() => wakes, { timeout: 30_000 }).toBeGreaterThan(before)
    expect(await storage.events.read(0, 10)).toHaveLength(2)
  })
})
