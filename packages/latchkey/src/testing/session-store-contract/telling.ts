import assert from 'node:assert/strict'
import { LatchkeyError } from '../../foundation/errors.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  hoursAfterNoon,
  noon,
  plainly,
  queryAt,
  replacing,
  revokedAt,
  sampleDataKey,
  sampleDevice,
  sampleSession,
  windowAt,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

export const telling: readonly StorageCase[] = [
  [
    'every change writes its event, with what, when, whose, by whom, why and on what',
    async ({ sessions, events }) => {
      const old = sampleSession('ada')
      const next = sampleSession('ada', { createdAt: hoursAfterNoon(1) })
      await sessions.insert(old, plainly)
      await sessions.insert(next, replacing(old))
      await sessions.replace({ ...next, version: 2 }, hoursAfterNoon(2), 'user:ada')
      await sessions.cleanup(boundsAt(hoursAfterNoon(24 * 60)), hoursAfterNoon(24 * 60), 10)
      const device = { type: 'desktop', browser: 'Firefox', os: 'Linux' }
      const common = { userId: 'ada', actor: plainly.actor, reason: null, deviceId: null, device: null }
      const told = (await events.read(0, 10)).map(({ position: _, ...event }) => event)
      assert.deepEqual(told, [
        { ...common, type: 'session.created', at: noon, sessionId: old.id, device },
        { ...common, type: 'session.created', at: hoursAfterNoon(1), sessionId: next.id, device },
        { ...common, type: 'session.ended', at: hoursAfterNoon(1), sessionId: old.id, reason: 'replaced' },
        { ...common, type: 'session.renewed', at: hoursAfterNoon(2), sessionId: next.id },
        {
          ...common,
          type: 'session.ended',
          at: hoursAfterNoon(24 * 60),
          sessionId: next.id,
          actor: 'system',
          reason: 'expired',
        },
      ])
    },
  ],
  [
    'the log is read on from a position, oldest first, at most so many',
    async ({ sessions, events }) => {
      assert.equal(await events.latest(), 0)
      assert.deepEqual(await events.read(0, 10), [])
      for (const user of ['1', '2', '3', '4', '5']) await sessions.insert(sampleSession(user), plainly)
      const first = await events.read(0, 2)
      const rest = await events.read(first.at(-1)?.position ?? 0, 10)
      assert.deepEqual(
        [...first, ...rest].map((event) => event.userId),
        ['1', '2', '3', '4', '5'],
      )
      const positions = [...first, ...rest].map((event) => event.position)
      assert.deepEqual(
        positions,
        [...new Set(positions)].sort((a, b) => a - b),
      )
      assert.equal(await events.latest(), positions.at(-1))
      assert.deepEqual(await events.read(positions.at(-1) ?? 0, 10), [])
    },
  ],
  [
    'events older than the instant are forgotten, at most so many, and positions are never used again',
    async ({ sessions, events }) => {
      for (const hour of [0, 1, 2]) {
        await sessions.insert(sampleSession('ada', { createdAt: hoursAfterNoon(hour) }), plainly)
      }
      const newest = await events.latest()
      assert.equal(await events.forget(hoursAfterNoon(2), 1), 1)
      assert.equal(await events.forget(hoursAfterNoon(2), 10), 1)
      assert.equal((await events.read(0, 10)).length, 1)
      assert.equal(await events.forget(hoursAfterNoon(3), 10), 1)
      await sessions.insert(sampleSession('ada'), plainly)
      assert.ok((await events.latest()) > newest)
    },
  ],
  [
    'a subscriber is woken after each change, once it can be read, until it leaves',
    async ({ sessions, events, liveFeed }) => {
      let wakes = 0
      const leave = liveFeed.subscribe(() => {
        wakes += 1
      })
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      const afterInsert = wakes
      assert.ok(afterInsert > 0)
      await sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon))
      assert.ok(wakes > afterInsert)
      leave()
      leave()
      const atLeaving = wakes
      await sessions.insert(sampleSession('ada'), plainly)
      assert.equal(wakes, atLeaving)
      assert.equal((await events.read(0, 10)).length, 3)
    },
  ],
  [
    'a closed storage rejects every call with `closed`, and closing twice is allowed',
    async (storage) => {
      await storage.ping()
      await storage.close()
      await storage.close()
      const calls = [
        () => storage.ping(),
        () => storage.open(),
        ...callsOfSessions(storage),
        ...callsOfDevices(storage),
        ...callsOfKeys(storage),
      ]
      for (const call of calls) await assert.rejects(call(), isClosed)
    },
  ],
  [
    'closing finishes what is under way',
    async (storage) => {
      const insert = storage.sessions.insert(sampleSession('ada'), plainly)
      await storage.close()
      assert.equal((await insert).kind, 'inserted')
    },
  ],
]

function isClosed(thrown: unknown): boolean {
  return thrown instanceof LatchkeyError && thrown.code === 'closed'
}

type Calls = readonly (() => Promise<unknown>)[]

function callsOfSessions({ sessions, statistics, events }: Storage): Calls {
  const record = sampleSession('ada')
  return [
    () => sessions.insert(record, plainly),
    () => sessions.find(record.id),
    () => sessions.replace(record, noon, 'system'),
    () => sessions.touch([]),
    () => sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon)),
    () => sessions.list(queryAt(noon), { cursor: null, limit: 1 }),
    () => sessions.count(queryAt(noon)),
    () => sessions.cleanup(boundsAt(noon), noon, 1),
    () => sessions.forget(noon, 1),
    () => sessions.fade('ipAddress', noon, noon, 1),
    () => sessions.forgetUser('ada'),
    () => statistics.forUser('ada', windowAt(noon)),
    () => statistics.totals(),
    () => statistics.recountActive(),
    () => statistics.backlog(boundsAt(noon), 1),
    () => events.read(0, 1),
    () => events.latest(),
    () => events.forget(noon, 1),
  ]
}

function callsOfDevices({ devices, statistics }: Storage): Calls {
  const device = sampleDevice('ada')
  return [
    () => devices.find(device.id),
    () => devices.list('ada', 1),
    () => devices.replace(device, noon, 'system'),
    () => devices.forget(device.id, noon, 'system'),
    () => devices.forgetUnused(noon, noon, 1),
    () => devices.forgetFingerprints(noon, 1),
    () => statistics.deviceUses('ada', boundsAt(noon)),
  ]
}

function callsOfKeys({ dataKeys, sealedValues }: Storage): Calls {
  const key = sampleDataKey()
  return [
    () => dataKeys.list(),
    () => dataKeys.addFirst(key),
    () => dataKeys.add(key),
    () => dataKeys.remove(key.id),
    () => sealedValues.notSealedBy('user_sessions', 'key.', null, 1),
    () => sealedValues.replace('user_sessions', [], []),
  ]
}
