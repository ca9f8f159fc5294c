import assert from 'node:assert/strict'
import { after, minutes } from '../../foundation/time.ts'
import { type DeviceRecord, newDeviceId } from '../../model/device.ts'
import type { Fingerprint } from '../../model/fingerprint.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  changedAt,
  deviceChangedAt,
  digestOf,
  hoursAfterNoon,
  neighbourOf,
  noon,
  onDevice,
  plainly,
  revokedAt,
  sampleDevice,
  saysNothing,
  sessionOn,
  unplaced,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

const fingerprints: readonly Fingerprint[] = [
  { seenAt: noon, hashes: { canvas: 'AbC-_0123', fonts: 'x' } },
  { seenAt: hoursAfterNoon(1), hashes: {} },
]

/** Adds devices, each with a session that has ended, so that nothing but the device itself is at stake. */
async function addUnused({ sessions }: Storage, devices: readonly DeviceRecord[]): Promise<void> {
  for (const device of devices) {
    const session = sessionOn(device, { createdAt: device.lastSeenAt })
    await sessions.insert(session, onDevice(device))
    await sessions.invalidate({ kind: 'session', id: session.id, userId: null }, revokedAt(noon))
  }
}

function asOfAnotherSignIn({ deviceInfo }: DeviceRecord): Partial<DeviceRecord> {
  return {
    deviceInfo: { ...deviceInfo, browser: 'Other' },
    firstSeenAt: hoursAfterNoon(5),
    lastSeenAt: hoursAfterNoon(6),
  }
}

async function typesAfter({ events }: Storage, position: number): Promise<readonly string[]> {
  return (await events.read(position, 1_000)).map((event) => event.type)
}

export const devices: readonly StorageCase[] = [
  [
    'a device is added with its first session and found with every field as it was',
    async ({ sessions, devices }) => {
      const plain = sampleDevice('ada')
      const full = sampleDevice('ada', {
        version: 3,
        name: 'é\u{1f511}"\'; --',
        lastSeenAt: hoursAfterNoon(2),
        trustedUntil: hoursAfterNoon(24),
        fingerprints,
        fingerprintedAt: hoursAfterNoon(1),
        resembles: { deviceId: plain.id, confidence: 0.8125 },
      })
      for (const device of [plain, full]) await sessions.insert(sessionOn(device), onDevice(device))
      for (const device of [plain, full]) assert.deepEqual(await devices.find(device.id), device)
      assert.equal(await devices.find(newDeviceId('ada')), null)
    },
  ],
  [
    'a list has the devices of one user, last seen first, by id downwards where two are as old, at most so many',
    async (storage) => {
      const own = [-3, 0, -1, 0].map((hour) =>
        sampleDevice('ada', { firstSeenAt: hoursAfterNoon(-9), lastSeenAt: hoursAfterNoon(hour) }),
      )
      await addUnused(storage, [...own, sampleDevice(neighbourOf('ada'))])
      const sorted = own.toSorted((a, b) => b.lastSeenAt - a.lastSeenAt || (a.id < b.id ? 1 : -1))
      assert.deepEqual(await storage.devices.list('ada', 10), sorted)
      assert.deepEqual(await storage.devices.list('ada', 2), sorted.slice(0, 2))
      assert.deepEqual(await storage.devices.list('nobody', 2), [])
    },
  ],
  [
    'a replace puts in what its user and their browser say, and leaves alone what sign-ins say',
    async (storage) => {
      const device = sampleDevice('ada')
      await addUnused(storage, [device])
      const position = await storage.events.latest()
      const said = {
        version: 2,
        name: 'Work laptop',
        trustedUntil: hoursAfterNoon(24),
        fingerprints,
        fingerprintedAt: hoursAfterNoon(1),
        resembles: { deviceId: newDeviceId('ada'), confidence: 1 },
      }
      const next: DeviceRecord = { ...device, ...said, ...asOfAnotherSignIn(device) }
      assert.equal(
        await storage.devices.replace(next, {
          ...changedAt(hoursAfterNoon(2), { request: 'req-1' }),
          before: { name: null },
          after: { name: 'Work laptop' },
        }),
        true,
      )
      assert.deepEqual(await storage.devices.find(device.id), { ...device, ...said })
      const [event] = await storage.events.read(position, 10)
      assert.deepEqual(event && unplaced(event), {
        ...saysNothing,
        type: 'device.changed',
        at: hoursAfterNoon(2),
        deviceId: device.id,
        userId: 'ada',
        actor: 'user:ada',
        request: 'req-1',
        before: { name: null },
        after: { name: 'Work laptop' },
      })
      const cleared = { ...device, version: 3 }
      assert.equal(await storage.devices.replace(cleared, deviceChangedAt(noon)), true)
      assert.deepEqual(await storage.devices.find(device.id), cleared)
    },
  ],
  [
    'a replace of another version or of an unknown device changes nothing',
    async (storage) => {
      const device = sampleDevice('ada', { version: 2 })
      await addUnused(storage, [device])
      const position = await storage.events.latest()
      for (const next of [
        { ...device, name: 'n', version: 2 },
        { ...device, name: 'n', version: 4 },
        sampleDevice('ada', { version: 2 }),
      ]) {
        assert.equal(await storage.devices.replace(next, deviceChangedAt(noon)), false)
      }
      assert.deepEqual(await storage.devices.find(device.id), device)
      assert.deepEqual(await typesAfter(storage, position), [])
    },
  ],
  [
    'a forgotten device is gone once, its sessions and the devices that resemble it go on naming it',
    async (storage) => {
      const { sessions, devices, events } = storage
      const device = sampleDevice('ada')
      const like = sampleDevice('ada', { resembles: { deviceId: device.id, confidence: 0.9 } })
      const session = sessionOn(device)
      await sessions.insert(session, onDevice(device))
      await sessions.insert(sessionOn(like), onDevice(like))
      const position = await events.latest()
      assert.equal(await devices.forget(device.id, changedAt(hoursAfterNoon(1))), true)
      assert.equal(await devices.forget(device.id, changedAt(hoursAfterNoon(1))), false)
      assert.equal(await devices.find(device.id), null)
      assert.deepEqual(await devices.list('ada', 10), [like])
      const kept = await sessions.find(session.id)
      assert.deepEqual([kept?.deviceId, kept?.invalidatedAt], [device.id, null])
      const told = (await events.read(position, 10)).map(({ type, deviceId, sessionId, at, actor }) => ({
        type,
        deviceId,
        sessionId,
        at,
        actor,
      }))
      const event = { type: 'device.forgotten', deviceId: device.id, sessionId: null, actor: 'user:ada' }
      assert.deepEqual(told, [{ ...event, at: hoursAfterNoon(1) }])
    },
  ],
  [
    'devices that nobody used are forgotten, at most so many, and none with a session that has not ended',
    async (storage) => {
      const { sessions, devices, events } = storage
      const seen = (hour: number) => sampleDevice('ada', { firstSeenAt: hoursAfterNoon(hour) })
      const old = [seen(-5), seen(-4), seen(-3)]
      const recent = seen(-2)
      const inUse = seen(-6)
      const inUseByMany = seen(-6)
      await addUnused(storage, [...old, recent, inUse, inUseByMany])
      for (const device of [inUse, inUseByMany, inUseByMany]) {
        const session = sessionOn(device, { createdAt: device.firstSeenAt, expiresAt: hoursAfterNoon(-5) })
        await sessions.insert(session, onDevice(device, 'keep-earlier'))
      }
      const position = await events.latest()
      const forget = (limit: number) => devices.forgetUnused(recent.lastSeenAt, hoursAfterNoon(1), limit)
      assert.equal(await forget(2), 2)
      assert.equal(await forget(2), 1)
      assert.equal(await forget(2), 0)
      for (const { id } of old) assert.equal(await devices.find(id), null)
      for (const { id } of [recent, inUse, inUseByMany]) assert.notEqual(await devices.find(id), null)
      const told = await events.read(position, 10)
      assert.deepEqual(told.map((event) => event.deviceId).sort(), old.map((device) => device.id).sort())
      for (const event of told) {
        assert.deepEqual(
          [event.type, event.actor, event.at],
          ['device.forgotten', 'system', hoursAfterNoon(1)],
        )
      }
    },
  ],
  [
    'fingerprints whose newest is older than the instant are forgotten, at most of so many devices, without an event',
    async (storage) => {
      const taken = (hour: number) =>
        sampleDevice('ada', { fingerprints, fingerprintedAt: hoursAfterNoon(hour), name: `${hour}` })
      const old = [taken(1), taken(2), taken(3)]
      const recent = taken(4)
      const none = sampleDevice('ada')
      await addUnused(storage, [...old, recent, none])
      const position = await storage.events.latest()
      const forget = () => storage.devices.forgetFingerprints(hoursAfterNoon(4), 2)
      assert.deepEqual([await forget(), await forget(), await forget()], [2, 1, 0])
      for (const device of old) {
        const bare = { ...device, fingerprints: [], fingerprintedAt: null }
        assert.deepEqual(await storage.devices.find(device.id), bare)
      }
      for (const device of [recent, none]) {
        assert.deepEqual(await storage.devices.find(device.id), device)
      }
      assert.deepEqual(await typesAfter(storage, position), [])
    },
  ],
  [
    'forgetting a user takes their devices along, and nobody else’s',
    async (storage) => {
      const mine = [sampleDevice('ada'), sampleDevice('ada')]
      const theirs = sampleDevice(neighbourOf('ada'))
      await addUnused(storage, mine)
      await storage.sessions.insert(sessionOn(theirs), { ...onDevice(theirs), actor: 'system' })
      await storage.devices.forget(mine[0]?.id ?? theirs.id, changedAt(noon))
      await storage.sessions.forgetUser('ada', changedAt(noon), digestOf)
      assert.deepEqual(await storage.devices.list('ada', 10), [])
      assert.deepEqual(await storage.devices.find(theirs.id), theirs)
      const told = await storage.events.read(0, 100)
      assert.deepEqual([...new Set(told.map((event) => event.userId))], [null, theirs.userId])
    },
  ],
  [
    'a device that is known to a session only, and not on record, is no device',
    async ({ sessions, devices, events }) => {
      const device = sampleDevice('ada')
      await sessions.insert(sessionOn(device), plainly)
      assert.equal(await devices.find(device.id), null)
      const told = await events.read(0, 10)
      assert.deepEqual(
        told.map(({ type, deviceId }) => [type, deviceId]),
        [['session.created', device.id]],
      )
    },
  ],
  [
    'how devices were used is counted by device and place over every session on record, live ones apart',
    async (storage) => {
      const { sessions, statistics } = storage
      const [one, two] = [sampleDevice('ada'), sampleDevice('ada')]
      const foreign = sampleDevice(neighbourOf('ada'))
      const at = (device: DeviceRecord, location: string | null, minute: number) => {
        const session = sessionOn(device, { createdAt: after(noon, minutes(minute)) })
        return { ...session, deviceInfo: { ...session.deviceInfo, location } }
      }
      const all = [
        at(one, 'Oslo, Norway', 1),
        at(one, 'Oslo, Norway', 3),
        at(one, 'Oslo, Norway', 2),
        at(one, null, 4),
        at(two, '__proto__', 5),
        at(foreign, 'Oslo, Norway', 6),
      ]
      for (const session of all) {
        const device = [one, two, foreign].find(({ id }) => id === session.deviceId) ?? one
        await sessions.insert(session, onDevice(device, 'keep-earlier'))
      }
      await sessions.insert({ ...at(one, 'Oslo, Norway', 9), deviceId: null }, plainly)
      const [, newest, , nowhere, elsewhere] = all
      assert.ok(newest && nowhere && elsewhere)
      await sessions.invalidate({ kind: 'session', id: newest.id, userId: null }, revokedAt(noon))
      const uses = await statistics.deviceUses('ada', boundsAt(noon))
      const sorted = uses.toSorted((a, b) => a.lastCreatedAt - b.lastCreatedAt)
      assert.deepEqual(sorted, [
        { deviceId: one.id, location: 'Oslo, Norway', sessions: 3, live: 2, lastCreatedAt: newest.createdAt },
        { deviceId: one.id, location: null, sessions: 1, live: 1, lastCreatedAt: nowhere.createdAt },
        { deviceId: two.id, location: '__proto__', sessions: 1, live: 1, lastCreatedAt: elsewhere.createdAt },
      ])
      assert.deepEqual(await statistics.deviceUses('nobody', boundsAt(noon)), [])
    },
  ],
]
