import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { minutes } from '../../foundation/time.ts'
import type { SessionRecord } from '../../model/session.ts'
import { plainEvent } from '../../model/session-event.ts'
import {
  boundsAt,
  changedAt,
  cutOffAt,
  digestOf,
  hoursAfterNoon,
  limitedTo,
  noon,
  onDevice,
  plainly,
  queryAt,
  sampleDevice,
  sampleSession,
  sessionOn,
  windowAt,
} from '../../testing/session-store-contract/sample-session.ts'
import { sqliteConnection } from './connection.ts'
import { userSessions } from './migrations/0001-user-sessions.ts'
import { userDevices } from './migrations/0002-user-devices.ts'
import { sqliteStorage, storageOn } from './storage.ts'

let folder = ''
let file = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-migrate-'))
  file = join(folder, 'sessions.db')
})

afterEach(() => rm(folder, { recursive: true }))

/** As the first version of the schema left it, with statements of that time. */
function firstSchema(fill: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file)
  database.exec(
    'PRAGMA journal_mode = WAL; CREATE TABLE user_sessions_migrations (number INTEGER PRIMARY KEY) STRICT',
  )
  database.exec(userSessions)
  database.exec('INSERT INTO user_sessions_migrations (number) VALUES (1)')
  fill(database)
  database.close()
}

/** What was not known then. */
function asThen(record: SessionRecord): SessionRecord {
  const deviceInfo = { ...record.deviceInfo, engine: null, brand: null, model: null }
  return { ...record, rangeKey: null, deviceInfo }
}

function insertAsThen(database: DatabaseSync, record: SessionRecord): void {
  database
    .prepare(`INSERT INTO user_sessions (id, user_id, device_info, created_at, last_accessed, expires_at,
      invalidated_at, end_reason, ended_by, shard, secret_hash, version, lifetime, authenticated_at, amr,
      ip_address, user_agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(
      record.id,
      record.userId,
      '{"type":"desktop","browser":"Firefox","browser_version":"140","os":"Linux","os_version":null,"location":"Oslo, Norway"}',
      record.createdAt,
      record.lastAccessedAt,
      record.expiresAt,
      record.invalidatedAt,
      record.endReason,
      record.endedBy,
      record.shard,
      record.secretHash,
      record.version,
      record.lifetime,
      record.authenticatedAt,
      JSON.stringify(record.amr),
      record.ipAddress,
      record.userAgent,
    )
  database
    .prepare(`INSERT INTO session_events (type, at, session_id, user_id, actor, reason, device)
      VALUES ('session.created', ?, ?, ?, 'user:ada', NULL, '{"type":"desktop","browser":"Firefox","os":"Linux"}')`)
    .run(record.createdAt, record.id, record.userId)
  database.exec(`INSERT INTO session_counters (name, value) VALUES ('created', 1)
    ON CONFLICT (name) DO UPDATE SET value = value + 1`)
}

describe('a file of the first schema', { timeout: 30_000 }, () => {
  it('keeps its sessions and events, and its sessions are found by their address', async () => {
    const records = [
      sampleSession('ada', { lastAccessedAt: hoursAfterNoon(1) }),
      sampleSession('bob', { ipAddress: '2001:db8::7', createdAt: hoursAfterNoon(1) }),
      sampleSession('eve', { ipAddress: null, createdAt: hoursAfterNoon(2) }),
    ]
    firstSchema((database) => {
      for (const record of records) insertAsThen(database, record)
      database.exec('DELETE FROM session_events WHERE position = 2')
    })
    const storage = sqliteStorage(file)
    await storage.open()
    for (const record of records) expect(await storage.sessions.find(record.id)).toEqual(asThen(record))
    const told = await storage.events.read(0, 10)
    expect(told.map(({ position, sessionId, deviceId }) => [position, sessionId, deviceId])).toEqual([
      [1, records[0]?.id, null],
      [3, records[2]?.id, null],
    ])
    for (const filter of [
      { ipAddress: '2001:db8::7' },
      { search: { text: '2001:db8::7', userIds: [], address: '2001:db8::7' } },
    ]) {
      const page = await storage.sessions.list(queryAt(noon, filter), { cursor: null, limit: 10 })
      expect(page.items.map(({ id }) => id)).toEqual([records[1]?.id])
    }
    const facets = [
      { facet: 'browser', is: 'one-of', values: ['Firefox'] },
      { facet: 'country', is: 'one-of', values: ['unknown'] },
    ] as const
    const sorted = await storage.sessions.list(queryAt(noon, { facets }), { cursor: null, limit: 10 })
    expect(sorted.items).toHaveLength(3)
    expect(await storage.statistics.totals()).toMatchObject({ created: 3, active: 3 })
    expect(await storage.statistics.forUser('ada', windowAt(noon))).toMatchObject({ total: 1, live: 1 })
    await storage.close()
  })

  it('takes devices from then on, and no position of an event comes again, also of one that was forgotten', async () => {
    for (const clear of ['DELETE FROM session_events', 'DELETE FROM session_events WHERE position > 1']) {
      const session = sampleSession('ada')
      firstSchema((database) => {
        for (const record of [session, sampleSession('ada')]) insertAsThen(database, record)
        database.exec(clear)
      })
      const storage = sqliteStorage(file)
      await storage.open()
      const device = sampleDevice('ada')
      const outcome = await storage.sessions.insert(sessionOn(device), {
        ...onDevice(device),
        replaces: session.id,
      })
      expect(outcome).toEqual({ kind: 'inserted', replaced: [{ id: session.id, userId: 'ada' }] })
      const told = await storage.events.read(1, 10)
      expect(told.map(({ position, type }) => [position, type])).toEqual([
        [3, 'session.created'],
        [4, 'device.added'],
        [5, 'session.ended'],
      ])
      await storage.close()
      await rm(file)
    }
  })

  it('is sound afterwards, and the same as a new one', async () => {
    firstSchema((database) => insertAsThen(database, sampleSession('ada')))
    const old = sqliteStorage(file)
    await old.open()
    await old.close()
    const fresh = sqliteStorage(`${file}.new`)
    await fresh.open()
    await fresh.close()
    const [migrated, made] = [file, `${file}.new`].map((path) => new DatabaseSync(path))
    expect(migrated?.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    expect(migrated?.prepare('PRAGMA foreign_key_check').all()).toEqual([])
    const names = 'SELECT type, name, sql FROM sqlite_schema ORDER BY type, name'
    expect(migrated?.prepare(names).all()).toEqual(made?.prepare(names).all())
    migrated?.close()
    made?.close()
  })

  it('stays what it was when bringing it up to date fails, and opens the next time', async () => {
    const record = sampleSession('ada')
    firstSchema((database) => insertAsThen(database, record))
    let left = 0
    const connection = sqliteConnection(file, (sql) => {
      if (sql.startsWith('INSERT INTO user_sessions_migrations') && left-- > 0) {
        throw Object.assign(new Error('disk I/O error'), { errcode: 10 })
      }
    })
    const storage = storageOn(connection, 'shared')
    left = 1
    await expect(storage.open()).rejects.toMatchObject({ code: 'storage-unavailable' })
    const database = new DatabaseSync(file)
    const columns = database.prepare("SELECT name FROM pragma_table_info('user_sessions')").all()
    expect(columns.map(({ name }) => name)).not.toContain('device_id')
    expect(database.prepare('SELECT count(*) AS count FROM session_events').get()).toEqual({ count: 1 })
    database.close()
    await storage.open()
    expect(await storage.sessions.find(record.id)).toEqual(asThen(record))
    await storage.close()
  })
})

/** As the second version of the schema left it. */
function secondSchema(fill: (database: DatabaseSync) => void): void {
  firstSchema((database) => {
    database.exec(userDevices)
    database.exec('INSERT INTO user_sessions_migrations (number) VALUES (2)')
    fill(database)
  })
}

describe('a file of the second schema', { timeout: 30_000 }, () => {
  it('keeps sessions, events and their places, and what was counted of forgotten sessions', async () => {
    const [ada, bob] = [sampleSession('ada'), sampleSession('bob')]
    const device = sampleDevice('bob')
    secondSchema((database) => {
      for (const record of [ada, bob]) insertAsThen(database, record)
      const insert = 'INSERT INTO session_events (type, at, device_id, user_id, actor) VALUES'
      for (const at of [hoursAfterNoon(1), hoursAfterNoon(2)]) {
        database.exec(`${insert} ('device.changed', ${at}, '${device.id}', 'bob', 'user:bob')`)
      }
      database.exec('DELETE FROM session_events WHERE position IN (2, 4)')
      database.exec(`INSERT INTO forgotten_sessions VALUES ('ada', ${ada.shard}, 15, 600, 60, 1, 2, 3, 4, 5)`)
    })
    const storage = sqliteStorage(file)
    await storage.open()
    for (const record of [ada, bob]) {
      expect(await storage.sessions.find(record.id)).toEqual({ ...asThen(record), addressKey: null })
    }
    await storage.sessions.insert(sampleSession('eve'), plainly)
    const told = await storage.events.read(0, 10)
    expect(told.map(({ position, type }) => [position, type])).toEqual([
      [1, 'session.created'],
      [3, 'device.changed'],
      [5, 'session.created'],
    ])
    expect(told[1]).toEqual({
      ...plainEvent({ type: 'device.changed', at: hoursAfterNoon(1), actor: 'user:bob' }),
      userId: 'bob',
      deviceId: device.id,
      position: 3,
      digest: null,
    })
    const counts = { logout: 1, expired: 2, 'idle-timeout': 3, revoked: 4, replaced: 5 }
    const none = { 'session-limit': 0, 'token-reuse': 0, 'network-change': 0 }
    const found = await storage.statistics.forUser('ada', windowAt(noon))
    expect(found).toMatchObject({ total: 16, durationSum: 600, ended: { ...counts, ...none } })
    await storage.close()
  })

  it('heeds cut-offs, limits and deadlines of sessions that are older than these', async () => {
    const records = ['ada', 'bob', 'eve', 'eve'].map((user) => sampleSession(user))
    secondSchema((database) => {
      for (const record of records) insertAsThen(database, record)
    })
    const { sessions, cutOffs, ...storage } = sqliteStorage(file)
    await storage.open()
    const at = hoursAfterNoon(1)
    const ended = await cutOffs.set(cutOffAt({ kind: 'user', userId: 'ada' }, noon), changedAt(noon))
    expect(ended.map(({ id }) => id)).toEqual([records[0]?.id])
    await sessions.tighten(records.map(({ id }) => ({ id, expiresAt: at, idleTimeout: minutes(5) })))
    expect(await sessions.count(queryAt(noon, { state: 'live' }))).toBe(3)
    const outcome = await sessions.insert(sampleSession('eve', { createdAt: at }), limitedTo(2, 'end-oldest'))
    expect(outcome).toMatchObject({ kind: 'inserted', replaced: [{ userId: 'eve' }] })
    const late = hoursAfterNoon(2)
    expect(await sessions.cleanup(boundsAt(late), late, 10)).toHaveLength(2)
    await cutOffs.set(cutOffAt({ kind: 'everybody' }, late), changedAt(late))
    expect(await sessions.cleanup(boundsAt(late), late, 10)).toHaveLength(1)
    await storage.close()
  })
})

it('a file that was brought up to date keeps no trace of a user who is forgotten afterwards', async () => {
  const name = 'somebody-to-be-forgotten'
  firstSchema((database) => {
    for (const user of ['ada', name, 'bob', name]) insertAsThen(database, sampleSession(user))
  })
  const storage = sqliteStorage(file)
  await storage.open()
  await storage.sessions.insert(sampleSession(name), plainly)
  await storage.sessions.forgetUser(name, changedAt(noon), digestOf)
  await storage.close()
  expect((await readFile(file)).includes(name)).toBe(false)
})
