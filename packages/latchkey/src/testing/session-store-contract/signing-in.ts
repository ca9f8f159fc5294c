import assert from 'node:assert/strict'
import { hours } from '../../foundation/time.ts'
import type { DeviceRecord } from '../../model/device.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  changedAt,
  claiming,
  deviceChangedAt,
  hoursAfterNoon,
  neighbourOf,
  noon,
  onDevice,
  plainly,
  queryAt,
  revokedAt,
  sampleDevice,
  sampleSession,
  saysNothing,
  sessionOn,
  toldOfEnded,
  unplaced,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

function twenty<Result>(call: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: 20 }, (_, index) => call(index)))
}

async function liveOf({ sessions }: Storage, userId: string): Promise<readonly SessionRecord[]> {
  const page = await sessions.list(queryAt(noon, { userId, state: 'live' }), { cursor: null, limit: 100 })
  return page.items
}

function idsOf(items: readonly { readonly id: string }[]): readonly string[] {
  return items.map(({ id }) => id).sort()
}

export const signingIn: readonly StorageCase[] = [
  [
    'a sign-in on a new device tells of the session, of the device and then of what gave way',
    async ({ sessions, events }) => {
      const device = sampleDevice('ada')
      const [earlier, given] = [sampleSession('ada', { deviceId: device.id }), sampleSession('ada')]
      await sessions.insert(earlier, plainly)
      await sessions.insert(given, plainly)
      const position = await events.latest()
      const session = sessionOn(device, { createdAt: hoursAfterNoon(1) })
      const outcome = await sessions.insert(session, {
        ...onDevice(device),
        replaces: given.id,
        request: 'req-1',
      })
      assert.equal(outcome.kind, 'inserted')
      assert.deepEqual(outcome.kind === 'inserted' && idsOf(outcome.replaced), idsOf([earlier, given]))
      const told = (await events.read(position, 10)).map(unplaced)
      const common = {
        ...saysNothing,
        userId: 'ada',
        actor: plainly.actor,
        request: 'req-1',
        deviceId: device.id,
      }
      const seen = { type: 'desktop', browser: 'Firefox', os: 'Linux' }
      assert.deepEqual(told.slice(0, 2), [
        { ...common, type: 'session.created', at: hoursAfterNoon(1), sessionId: session.id, device: seen },
        { ...common, type: 'device.added', at: device.firstSeenAt, sessionId: null, device: seen },
      ])
      const ended = { ...common, type: 'session.ended', at: hoursAfterNoon(1), deviceId: null }
      assert.deepEqual(
        new Set(told.slice(2)),
        new Set(
          [earlier, given].map((record) => ({
            ...ended,
            ...toldOfEnded(record, hours(1)),
            sessionId: record.id,
            reason: 'replaced',
          })),
        ),
      )
    },
  ],
  [
    'another sign-in on a device takes over what is seen of it and the later time, and nothing else',
    async ({ sessions, devices, events }) => {
      const device = sampleDevice('ada', { name: 'Laptop', version: 4, trustedUntil: hoursAfterNoon(99) })
      await sessions.insert(sessionOn(device), onDevice(device))
      const position = await events.latest()
      const deviceInfo = { ...device.deviceInfo, browserVersion: '141', location: null }
      const again = sampleDevice('ada', { id: device.id, deviceInfo, firstSeenAt: hoursAfterNoon(3) })
      await sessions.insert(sessionOn(device), onDevice(again, 'keep-earlier'))
      assert.deepEqual(await devices.find(device.id), {
        ...device,
        deviceInfo,
        lastSeenAt: hoursAfterNoon(3),
      })
      const earlier = { ...again, lastSeenAt: hoursAfterNoon(2) }
      await sessions.insert(sessionOn(device), onDevice(earlier, 'keep-earlier'))
      assert.equal((await devices.find(device.id))?.lastSeenAt, hoursAfterNoon(3))
      const told = (await events.read(position, 10)).map((event) => event.type)
      assert.deepEqual(told, ['session.created', 'session.created'])
    },
  ],
  [
    'a sign-in ends the earlier sessions of its device and no others, at its time and by its actor',
    async (storage) => {
      const { sessions } = storage
      const device = sampleDevice('ada')
      const [one, two, before] = [sessionOn(device), sessionOn(device), sessionOn(device)]
      const other = sampleDevice('ada')
      const neighbour = neighbourOf('ada')
      const kept = [sessionOn(other), sampleSession('ada'), sampleSession(neighbour, { deviceId: device.id })]
      for (const record of [one, two, before, ...kept]) await sessions.insert(record, plainly)
      await sessions.invalidate({ kind: 'session', id: before.id, userId: null }, revokedAt(noon))
      const next = sessionOn(device, { createdAt: hoursAfterNoon(1) })
      const outcome = await sessions.insert(next, onDevice(device))
      assert.deepEqual(outcome.kind === 'inserted' && idsOf(outcome.replaced), idsOf([one, two]))
      for (const { id } of [one, two]) {
        const ended = await sessions.find(id)
        assert.deepEqual(
          [ended?.invalidatedAt, ended?.endReason, ended?.endedBy],
          [hoursAfterNoon(1), 'replaced', plainly.actor],
        )
      }
      assert.equal((await sessions.find(before.id))?.endReason, 'revoked')
      assert.deepEqual(idsOf(await liveOf(storage, 'ada')), idsOf([next, ...kept.slice(0, 2)]))
      assert.equal((await liveOf(storage, neighbour)).length, 1)
    },
  ],
  [
    'where earlier sessions are kept, each sign-in on a device is a session of its own',
    async (storage) => {
      const device = sampleDevice('ada')
      for (const session of [sessionOn(device), sessionOn(device), sessionOn(device)]) {
        const outcome = await storage.sessions.insert(session, onDevice(device, 'keep-earlier'))
        assert.deepEqual(outcome, { kind: 'inserted', replaced: [] })
      }
      assert.equal((await liveOf(storage, 'ada')).length, 3)
      assert.equal((await storage.devices.list('ada', 10)).length, 1)
    },
  ],
  [
    'a session that gives way and is on the device, too, ends once',
    async ({ sessions, events, statistics }) => {
      const device = sampleDevice('ada')
      const old = sessionOn(device)
      await sessions.insert(old, onDevice(device))
      const outcome = await sessions.insert(sessionOn(device), { ...onDevice(device), replaces: old.id })
      assert.deepEqual(outcome, { kind: 'inserted', replaced: [{ id: old.id, userId: 'ada' }] })
      const told = (await events.read(0, 10)).filter((event) => event.type === 'session.ended')
      assert.equal(told.length, 1)
      const { active, ended } = await statistics.totals()
      assert.deepEqual([active, ended.replaced, await statistics.recountActive()], [1, 1, 1])
    },
  ],
  [
    'a repetition and a conflict of keys leave the device and its sessions as they are',
    async (storage) => {
      const { sessions, devices, events } = storage
      const device = sampleDevice('ada')
      const first = sessionOn(device)
      await sessions.insert(first, { ...onDevice(device), ...keyed('request') })
      const position = await events.latest()
      const later: DeviceRecord = {
        ...device,
        deviceInfo: { ...device.deviceInfo, browser: 'Other' },
        lastSeenAt: hoursAfterNoon(1),
      }
      for (const record of [later, sampleDevice('ada')]) {
        for (const request of ['request', 'other']) {
          const outcome = await sessions.insert(sessionOn(record), { ...onDevice(record), ...keyed(request) })
          assert.equal(outcome.kind, request === 'request' ? 'repeated' : 'conflict')
        }
      }
      assert.deepEqual(await devices.list('ada', 10), [device])
      assert.deepEqual(idsOf(await liveOf(storage, 'ada')), [first.id])
      assert.equal(await events.latest(), position)
    },
  ],
  [
    'a sign-in that is refused adds no device and ends nothing on it',
    async (storage) => {
      const { sessions, devices } = storage
      const device = sampleDevice('ada')
      const taken = sessionOn(device)
      await sessions.insert(taken, onDevice(device))
      const added = sampleDevice('ada')
      const seen = { ...device, lastSeenAt: hoursAfterNoon(1) }
      for (const record of [seen, added]) {
        await assert.rejects(sessions.insert({ ...taken, deviceId: record.id }, onDevice(record)))
      }
      assert.deepEqual(await devices.list('ada', 10), [device])
      assert.deepEqual(idsOf(await liveOf(storage, 'ada')), [taken.id])
    },
  ],
  [
    'the sessions of a device can be ended, listed and counted, and no others with them',
    async (storage) => {
      const { sessions } = storage
      const [device, other] = [sampleDevice('ada'), sampleDevice('ada')]
      const neighbour = sampleSession(neighbourOf('ada'), { deviceId: device.id })
      const own = [sessionOn(device), sessionOn(device)]
      for (const record of own) await sessions.insert(record, onDevice(device, 'keep-earlier'))
      await sessions.insert(sessionOn(other), onDevice(other))
      await sessions.insert(neighbour, plainly)
      const query = queryAt(noon, { userId: 'ada', deviceId: device.id })
      const listed = await sessions.list(query, { cursor: null, limit: 10 })
      assert.deepEqual(idsOf(listed.items), idsOf(own))
      assert.equal(await sessions.count(query), 2)
      const selection = { kind: 'device', userId: 'ada', deviceId: device.id } as const
      assert.deepEqual(idsOf(await sessions.invalidate(selection, revokedAt(noon))), idsOf(own))
      assert.deepEqual(await sessions.invalidate(selection, revokedAt(noon)), [])
      assert.equal(await sessions.count({ ...query, state: 'live' }), 0)
      assert.equal(await sessions.count({ ...query, state: 'ended' }), 2)
      assert.equal((await liveOf(storage, 'ada')).length, 1)
      assert.equal((await sessions.find(neighbour.id))?.invalidatedAt, null)
    },
  ],
  [
    'of twenty concurrent sign-ins on one new device exactly one session stays, and the device is added once',
    async (storage) => {
      const device = sampleDevice('ada')
      await storage.sessions.insert(sampleSession('ada'), plainly)
      const records = Array.from({ length: 20 }, () => sessionOn(device))
      const outcomes = await twenty((index) =>
        storage.sessions.insert(records[index] ?? sessionOn(device), onDevice(device)),
      )
      const replaced = outcomes.flatMap((outcome) => (outcome.kind === 'inserted' ? outcome.replaced : []))
      assert.equal(replaced.length, 19)
      assert.equal(new Set(replaced.map(({ id }) => id)).size, 19)
      const live = (await liveOf(storage, 'ada')).filter((record) => record.deviceId === device.id)
      assert.equal(live.length, 1)
      assert.ok(replaced.every(({ id }) => id !== live[0]?.id))
      const told = await storage.events.read(0, 100)
      const count = (type: string): number => told.filter((event) => event.type === type).length
      assert.deepEqual([count('session.created'), count('session.ended'), count('device.added')], [21, 19, 1])
      assert.equal((await storage.statistics.totals()).active, 2)
      assert.equal(await storage.statistics.recountActive(), 2)
    },
  ],
  [
    'concurrent sign-ins of several users on several devices leave one session on each',
    async (storage) => {
      const all = ['ada', 'ada', neighbourOf('ada'), 'bob'].map((user) => sampleDevice(user))
      await twenty(async (index) => {
        const device = all[index % all.length] ?? sampleDevice('ada')
        await storage.sessions.insert(sessionOn(device), onDevice(device))
      })
      for (const { userId, id } of all) {
        const live = (await liveOf(storage, userId)).filter((record) => record.deviceId === id)
        assert.equal(live.length, 1)
      }
    },
  ],
  [
    'of twenty concurrent replaces of one version of a device exactly one wins',
    async ({ sessions, devices, events }) => {
      const device = sampleDevice('ada')
      await sessions.insert(sessionOn(device), onDevice(device))
      const position = await events.latest()
      const won = await twenty((index) =>
        devices.replace({ ...device, version: 2, name: `${index}` }, deviceChangedAt(noon)),
      )
      assert.equal(won.filter(Boolean).length, 1)
      assert.equal((await devices.find(device.id))?.name, `${won.indexOf(true)}`)
      assert.equal((await events.read(position, 100)).length, 1)
    },
  ],
  [
    'of twenty concurrent forgettings of a device exactly one reports it',
    async ({ sessions, devices, events }) => {
      const device = sampleDevice('ada')
      await sessions.insert(sessionOn(device), onDevice(device))
      const position = await events.latest()
      const reports = await twenty(() => devices.forget(device.id, changedAt(noon)))
      assert.equal(reports.filter(Boolean).length, 1)
      assert.equal((await events.read(position, 100)).length, 1)
    },
  ],
]

function keyed(request: string): { readonly idempotency: ReturnType<typeof claiming>['idempotency'] } {
  return { idempotency: claiming('key', request).idempotency }
}
