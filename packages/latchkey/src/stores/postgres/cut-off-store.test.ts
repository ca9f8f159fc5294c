import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { after, type Duration } from '../../foundation/time.ts'
import type { CutOffScope } from '../../model/cut-off.ts'
import { forever } from '../../model/cut-off.ts'
import type { DeviceRecord } from '../../model/device.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  changedAt,
  claiming,
  cutOffAt,
  hoursAfterNoon,
  limitedTo,
  noon,
  onDevice,
  onNewDevice,
  plainly,
  queryAt,
  replacing,
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
  readonly storages: readonly [Storage, Storage]
  /** The texts of the statements of the first one. */
  readonly texts: string[]
  /** Of the second one. */
  readonly pool: Pool
}

async function withNodes(use: (place: Place) => Promise<void>): Promise<void> {
  const settings = await postgres.newSchema()
  const pools = [newPool({ ...settings, max: 5 }), newPool({ ...settings, max: 5 })] as const
  const texts: string[] = []
  const watched = wrapped(pools[0], (run) => (query) => {
    texts.push(query.text)
    return run(query)
  })
  const storages = [postgresStorage(watched), postgresStorage(pools[1])] as const
  for (const storage of storages) await storage.open()
  try {
    await use({ storages, texts, pool: pools[1] })
  } finally {
    await Promise.all(storages.map((storage) => storage.close()))
    await Promise.all(pools.map((pool) => pool.end()))
  }
}

const ada: CutOffScope = { kind: 'user', userId: 'ada' }
const page = { cursor: null, limit: 1_000 }

describe('a cut-off that is set while sessions are created on another node', { timeout: 60_000 }, () => {
  it.each<[string, (deviceId: SessionRecord['deviceId']) => CutOffScope]>([
    ['user', () => ada],
    [
      'device',
      (deviceId) => ({ kind: 'device', userId: 'ada', deviceId: deviceId ?? sampleDevice('ada').id }),
    ],
    ['everybody', () => ({ kind: 'everybody' })],
  ])('leaves none live that was created then or before: %s', (_, scopeOf) =>
    withNodes(async ({ storages: [one, two] }) => {
      const device = sampleDevice('ada')
      await two.sessions.insert(sessionOn(device), onDevice(device))
      const notBefore = after(noon, 60 as Duration)
      const records = Array.from({ length: 120 }, (_, index) =>
        sampleSession('ada', { deviceId: device.id, createdAt: after(noon, index as Duration) }),
      )
      const signIn = async (record: SessionRecord, index: number): Promise<void> => {
        const plans = [
          plainly,
          onDevice(device, 'keep-earlier'),
          claiming(record.id, 'request'),
          limitedTo(1_000, 'reject'),
        ]
        await two.sessions.insert(record, plans[index % 4] ?? plainly)
      }
      const inserts = records.map(signIn)
      await inserts[0]
      await one.cutOffs.set(cutOffAt(scopeOf(device.id), notBefore), changedAt(noon))
      const foundSince = async (): Promise<void> => {
        for (const storage of [one, two]) {
          const live = await storage.sessions.list(queryAt(noon, { state: 'live' }), page)
          expect(live.items.filter(({ createdAt }) => createdAt <= notBefore)).toEqual([])
          for (const { id, createdAt } of records) {
            const found = await storage.sessions.find(id)
            if (!found || createdAt > notBefore || found.invalidatedAt !== null) continue
            expect(found.notBefore).toBe(notBefore)
          }
        }
      }
      await foundSince()
      await Promise.all(inserts)
      await foundSince()
      for (let ended = 1; ended > 0; ) {
        ended = (await one.sessions.cleanup(boundsAt(noon), hoursAfterNoon(1), 7)).length
      }
      const all = await one.sessions.list(queryAt(noon), page)
      for (const { createdAt, endReason } of all.items) {
        expect(endReason).toBe(createdAt <= notBefore ? 'revoked' : null)
      }
      expect(all.items.filter(({ createdAt }) => createdAt > notBefore)).toHaveLength(59)
      expect(await one.statistics.recountActive()).toBe((await one.statistics.totals()).active)
    }),
  )
})

describe('a session that was under way when its cut-off was set', { timeout: 60_000 }, () => {
  it.each<[string, (device: DeviceRecord) => CutOffScope]>([
    ['user', () => ada],
    ['device', ({ id }) => ({ kind: 'device', userId: 'ada', deviceId: id })],
    ['everybody', () => ({ kind: 'everybody' })],
  ])('is over if it was created at that instant, and lives if a millisecond later: %s', (_, scopeOf) =>
    withNodes(async ({ storages: [storage], pool }) => {
      const device = sampleDevice('ada')
      const [then, next] = [0, 1].map((late) =>
        sessionOn(device, { createdAt: after(noon, late as Duration) }),
      )
      await storage.cutOffs.set(cutOffAt(scopeOf(device), noon), changedAt(noon))
      for (const record of [then, next]) {
        await pool.query(
          `INSERT INTO user_sessions (id, user_id, device_info, created_at, expires_at, shard, secret_hash, version,
             authenticated_at, amr, device_id)
           VALUES ($1, 'ada', '{"type":"desktop"}', $2, $3, $4, '\\x00', 1, ${noon}, '[]', $5)`,
          [record?.id, record?.createdAt, record?.expiresAt, record?.shard, record?.deviceId],
        )
      }
      for (const userId of ['ada', null]) {
        const idsIn = async (state: 'live' | 'ended') =>
          (await storage.sessions.list(queryAt(noon, { userId, state }), page)).items.map(({ id }) => id)
        expect(await idsIn('live')).toEqual([next?.id])
        expect(await idsIn('ended')).toEqual([then?.id])
        expect(await storage.sessions.count(queryAt(noon, { userId, state: 'live' }))).toBe(1)
      }
      expect(await storage.statistics.backlog(boundsAt(noon), 10)).toBe(1)
      expect(await storage.sessions.cleanup(boundsAt(noon), noon, 10)).toEqual([
        { id: then?.id, userId: 'ada' },
      ])
    }),
  )
})

describe('creates of a moment, some of them by a disabled user', { timeout: 60_000 }, () => {
  it('are refused where they are that user’s, and are made where they are not', () =>
    withNodes(async ({ storages: [storage], texts }) => {
      const { sessions, cutOffs, devices, events } = storage
      await cutOffs.set(cutOffAt(ada, forever), changedAt(noon))
      const before = await events.latest()
      const [device, known] = [sampleDevice('ada'), sampleDevice('ada')]
      const plans = [
        plainly,
        onNewDevice(device),
        onDevice(known),
        replacing(sampleSession('ada')),
        claiming('key', 'request'),
        limitedTo(3, 'reject'),
        { ...onDevice(known), ...{ idempotency: claiming('another', 'request').idempotency } },
      ]
      const recordFor = (userId: string, plan: (typeof plans)[number]): SessionRecord =>
        plan.device ? sessionOn(plan.device.record) : sampleSession(userId)
      const refused = await Promise.all(plans.map((plan) => sessions.insert(recordFor('ada', plan), plan)))
      expect(refused).toEqual(plans.map(() => ({ kind: 'cut-off', notBefore: forever })))
      expect(await devices.list('ada', 10)).toEqual([])
      expect(await events.latest()).toBe(before)
      const users = ['ada', 'bob', 'eve', 'ada', 'kim']
      texts.length = 0
      const outcomes = await Promise.all(users.map((user) => sessions.insert(sampleSession(user), plainly)))
      expect(outcomes.map(({ kind }) => kind)).toEqual(
        users.map((user) => (user === 'ada' ? 'cut-off' : 'inserted')),
      )
      expect(texts.filter((text) => text.includes('INSERT INTO user_sessions'))).toHaveLength(2)
      const { active, created } = await storage.statistics.totals()
      expect([active, created, await storage.statistics.recountActive()]).toEqual([3, 3, 3])
    }))

  it('are one statement while no cut-off concerns any of them', () =>
    withNodes(async ({ storages: [storage], texts }) => {
      const { sessions, cutOffs } = storage
      await cutOffs.set(cutOffAt(ada, forever), changedAt(noon))
      await cutOffs.set(cutOffAt({ kind: 'everybody' }, hoursAfterNoon(-1)), changedAt(noon))
      texts.length = 0
      await Promise.all(['bob', 'eve', 'kim'].map((user) => sessions.insert(sampleSession(user), plainly)))
      expect(texts.filter((text) => text.includes('user_sessions'))).toHaveLength(1)
    }))

  it('find a session with its cut-off in one statement by primary key', () =>
    withNodes(async ({ storages: [storage], texts }) => {
      const record = sampleSession('ada')
      await storage.sessions.insert(record, plainly)
      await storage.cutOffs.set(cutOffAt({ kind: 'everybody' }, hoursAfterNoon(1)), changedAt(noon))
      texts.length = 0
      expect(await storage.sessions.find(record.id)).toEqual({ ...record, notBefore: hoursAfterNoon(1) })
      expect(texts).toHaveLength(1)
    }))

  it('set by several at once for one user, the latest stays, and each event says what was there before', () =>
    withNodes(async ({ storages }) => {
      const instants = Array.from({ length: 12 }, (_, index) => hoursAfterNoon((index * 5) % 12))
      await Promise.all(
        instants.map((notBefore, index) =>
          (storages[index % 2] ?? storages[0]).cutOffs.set(cutOffAt(ada, notBefore), changedAt(noon)),
        ),
      )
      expect((await storages[0].cutOffs.find(ada))?.notBefore).toBe(hoursAfterNoon(11))
      const told = await storages[1].events.read(0, 100)
      const chain = told.map(({ before, after: since }) => [before?.not_before ?? null, since?.not_before])
      for (const [index, [earlier]] of chain.entries()) expect(earlier).toBe(chain[index - 1]?.[1] ?? null)
    }))
})
