import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeviceRecord } from '../../model/device.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  changedAt,
  claiming,
  hoursAfterNoon,
  noon,
  onDevice,
  onNewDevice,
  plainly,
  queryAt,
  revokedAt,
  sampleDevice,
  sampleSession,
  sessionOn,
} from '../../testing/session-store-contract/sample-session.ts'
import { wrapped } from './failing-pool.fake.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)

afterAll(() => postgres.dispose(), 60_000)

interface Place {
  readonly storages: readonly Storage[]
  /** The beginnings of the statements that the first of them has made. */
  readonly statements: string[]
}

async function withStorages(count: number, use: (place: Place) => Promise<void>): Promise<void> {
  const settings = await postgres.newSchema()
  const pools = Array.from({ length: count }, () => newPool({ ...settings, max: 6 }))
  const statements: string[] = []
  const watched = pools.map((pool, index) =>
    wrapped(pool, (run) => (query) => {
      if (index === 0) statements.push(query.text)
      return run(query)
    }),
  )
  const storages = watched.map((pool) => postgresStorage(pool))
  for (const storage of storages) await storage.open()
  try {
    await use({ storages, statements })
  } finally {
    await Promise.all(storages.map((storage) => storage.close()))
    await Promise.all(pools.map((pool) => pool.end()))
  }
}

async function liveOn({ sessions }: Storage, { id, userId }: DeviceRecord): Promise<readonly SessionId[]> {
  const query = queryAt(noon, { userId, deviceId: id, state: 'live' })
  return (await sessions.list(query, { cursor: null, limit: 100 })).items.map((item) => item.id)
}

const timeout = 60_000

describe('sign-ins of several processes on one device', { timeout }, () => {
  it.each(['new', 'known'])('leave one session of twenty, on a %s device', (kind) =>
    withStorages(4, async ({ storages }) => {
      const [first] = storages
      for (let round = 0; round < 10; round += 1) {
        const device = sampleDevice('ada')
        if (kind === 'known') await first?.sessions.insert(sessionOn(device), onDevice(device))
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, turn) =>
            storages[turn % 4]?.sessions.insert(sessionOn(device), onDevice(device)),
          ),
        )
        const replaced = outcomes.flatMap((one) => (one?.kind === 'inserted' ? one.replaced : []))
        expect(new Set(replaced.map(({ id }) => id)).size).toBe(kind === 'known' ? 20 : 19)
        expect(first && (await liveOn(first, device))).toHaveLength(1)
      }
      const totals = await first?.statistics.totals()
      expect(totals?.active).toBe(10)
      expect(await first?.statistics.recountActive()).toBe(10)
    }),
  )

  it('leave one session where keys, forgettings and endings of others come between', () =>
    withStorages(3, async ({ storages }) => {
      const device = sampleDevice('ada')
      const other = sampleDevice('ada')
      const outcomes = await Promise.allSettled(
        Array.from({ length: 12 }, (_, turn) =>
          storages.flatMap(({ sessions, devices }, node) => [
            sessions.insert(sessionOn(device), onDevice(device)),
            sessions.insert(sessionOn(other), { ...onDevice(other), ...keyed(`${turn % 3}`, `${turn}`) }),
            sessions.invalidate({ kind: 'device', userId: 'ada', deviceId: device.id }, revokedAt(noon)),
            sessions.cleanup(boundsAt(noon), noon, 5),
            node === 0 ? devices.forget(device.id, changedAt(noon)) : devices.find(device.id),
            devices.forgetUnused(hoursAfterNoon(1), noon, 5),
          ]),
        ).flat(),
      )
      expect(outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))).toEqual([])
      for (const one of [device, other]) {
        await storages[0]?.sessions.insert(sessionOn(one), onDevice(one))
        for (const storage of storages) expect(await liveOn(storage, one)).toHaveLength(1)
      }
    }))
})

function keyed(key: string, request: string): Pick<ReturnType<typeof claiming>, 'idempotency'> {
  return { idempotency: claiming(key, request).idempotency }
}

describe('sign-ins of one moment', { timeout }, () => {
  it('share a commit, whether or not they are on devices', () =>
    withStorages(1, async ({ storages: [storage], statements }) => {
      const devices = Array.from({ length: 10 }, (_, index) => sampleDevice(`user-${index}`))
      statements.length = 0
      await Promise.all([
        ...devices.map((device, index) =>
          storage?.sessions.insert(sessionOn(device), index < 5 ? onDevice(device) : onNewDevice(device)),
        ),
        storage?.sessions.insert(sampleSession('ada'), plainly),
      ])
      expect(statements.filter((text) => text === 'COMMIT')).toHaveLength(1)
      expect(statements.filter((text) => text.includes('INSERT INTO user_sessions'))).toHaveLength(1)
      const told = (await storage?.events.read(0, 100)) ?? []
      expect(told.filter(({ type }) => type === 'device.added')).toHaveLength(10)
    }))

  it('are one statement, without a transaction around it, where all their devices are new', () =>
    withStorages(1, async ({ storages: [storage], statements }) => {
      const devices = Array.from({ length: 10 }, (_, index) => sampleDevice(`user-${index}`))
      statements.length = 0
      await Promise.all([
        ...devices.map((device) => storage?.sessions.insert(sessionOn(device), onNewDevice(device))),
        storage?.sessions.insert(sampleSession('ada'), plainly),
      ])
      const another = sampleDevice('ada')
      const plan = { ...onNewDevice(another), ...keyed('key', 'request') }
      await storage?.sessions.insert(sessionOn(another), plan)
      expect(statements.filter((text) => text.includes('user_devices'))).toHaveLength(2)
      expect(statements.filter((text) => text.includes('user_sessions'))).toHaveLength(2)
      expect(statements).not.toContain('BEGIN')
      const told = (await storage?.events.read(0, 100)) ?? []
      expect(told.filter(({ type }) => type === 'device.added')).toHaveLength(11)
    }))

  it('announce nothing where their devices are new, and their user where one is known, live on it or not', () =>
    withStorages(1, async ({ storages: [storage], statements }) => {
      const device = sampleDevice('ada')
      const announcements = () => statements.filter((text) => text.includes('latchkey_invalidations'))
      await storage?.sessions.insert(sessionOn(device), onNewDevice(device))
      expect(announcements()).toEqual([])
      await storage?.devices.forget(device.id, changedAt(noon))
      for (const expected of [1, 2]) {
        await storage?.sessions.insert(sessionOn(device), onDevice(device))
        expect(announcements()).toHaveLength(expected)
      }
      await storage?.sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon))
      await storage?.devices.forget(device.id, changedAt(noon))
      statements.length = 0
      await storage?.sessions.insert(sessionOn(device), onDevice(device))
      expect(announcements()).toHaveLength(1)
    }))

  it('end nothing and announce nothing where earlier sessions go on', () =>
    withStorages(1, async ({ storages: [storage], statements }) => {
      const device = sampleDevice('ada')
      for (const session of [sessionOn(device), sessionOn(device)]) {
        await storage?.sessions.insert(session, onDevice(device, 'keep-earlier'))
      }
      expect(statements.filter((text) => text.includes('latchkey_invalidations'))).toEqual([])
      expect(storage && (await liveOn(storage, device))).toHaveLength(2)
    }))

  it('tell of each device after its session, in what its sign-in said of it', () =>
    withStorages(1, async ({ storages: [storage] }) => {
      const added = sampleDevice('ada', { firstSeenAt: hoursAfterNoon(-1) })
      const device = { ...added, deviceInfo: { ...added.deviceInfo, browser: 'O\u0000ther', os: 'Haiku' } }
      const old = sampleSession('ada')
      await storage?.sessions.insert(old, plainly)
      for (const replaces of [null, old.id]) {
        const position = (await storage?.events.latest()) ?? 0
        const one = { ...device, id: sampleDevice('ada').id }
        await storage?.sessions.insert(sessionOn(one), { ...onDevice(one), replaces })
        const told = await storage?.events.read(position, 10)
        expect(told?.slice(0, 2)).toMatchObject([
          { type: 'session.created', deviceId: one.id, device: { browser: 'Firefox' } },
          {
            type: 'device.added',
            at: hoursAfterNoon(-1),
            deviceId: one.id,
            sessionId: null,
            device: { type: 'desktop', browser: 'O\u0000ther', os: 'Haiku' },
          },
        ])
      }
    }))
})
