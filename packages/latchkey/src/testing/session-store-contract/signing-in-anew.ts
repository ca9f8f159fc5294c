import assert from 'node:assert/strict'
import type { Storage } from '../../ports/storage.ts'
import {
  claiming,
  hoursAfterNoon,
  noon,
  onDevice,
  onNewDevice,
  plainly,
  queryAt,
  replacing,
  sampleDevice,
  sampleSession,
  sessionOn,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

const live = queryAt(noon, { userId: 'ada', state: 'live' })

/** On devices that nobody can have seen before. */
export const signingInAnew: readonly StorageCase[] = [
  [
    'a device that nobody can have seen is added with its session, which ends nothing, and once for a key',
    async ({ sessions, devices, events, statistics }) => {
      await sessions.insert(sampleSession('ada'), plainly)
      for (const plan of [plainly, claiming('key', 'request')]) {
        const device = sampleDevice('ada', { name: 'Laptop', version: 3, trustedUntil: hoursAfterNoon(5) })
        const position = await events.latest()
        const session = sessionOn(device)
        const signIn = { ...plan, device: onNewDevice(device).device }
        assert.deepEqual(await sessions.insert(session, signIn), { kind: 'inserted', replaced: [] })
        assert.deepEqual(await devices.find(device.id), device)
        const told = (await events.read(position, 10)).map(({ type, deviceId }) => [type, deviceId])
        assert.deepEqual(told, [
          ['session.created', device.id],
          ['device.added', device.id],
        ])
        if (plan.idempotency === null) continue
        const again = sampleDevice('ada')
        const repeated = { ...plan, device: onNewDevice(again).device }
        const outcome = await sessions.insert(sessionOn(again), repeated)
        assert.deepEqual(outcome, { kind: 'repeated', record: session })
        assert.equal(await devices.find(again.id), null)
      }
      assert.equal((await statistics.totals()).active, 3)
    },
  ],
  [
    'a sign-in on a device that nobody can have seen, and that is on record, is refused and changes nothing',
    async ({ sessions, devices, events }) => {
      const device = sampleDevice('ada')
      const first = sessionOn(device)
      await sessions.insert(first, onNewDevice(device))
      const position = await events.latest()
      const again = { ...device, lastSeenAt: hoursAfterNoon(1) }
      for (const plan of [plainly, claiming('key', 'request'), replacing(first)]) {
        const refused = sessions.insert(sessionOn(device), { ...plan, device: onNewDevice(again).device })
        await assert.rejects(refused, { code: 'storage-failed' })
      }
      assert.deepEqual(await devices.list('ada', 10), [device])
      assert.equal((await sessions.find(first.id))?.invalidatedAt, null)
      assert.equal(await sessions.count(live), 1)
      assert.equal(await events.latest(), position)
    },
  ],
  [
    'sign-ins of one moment on new and on known devices all take place, and one that is refused alone does not',
    async ({ sessions, events }) => {
      const known = Array.from({ length: 5 }, () => sampleDevice('ada'))
      const added = Array.from({ length: 5 }, () => sampleDevice('ada'))
      for (const device of known) await sessions.insert(sessionOn(device), onNewDevice(device))
      const outcomes = await Promise.allSettled([
        ...known.map((device) => sessions.insert(sessionOn(device), onDevice(device))),
        ...added.map((device) => sessions.insert(sessionOn(device), onNewDevice(device))),
        ...known.slice(0, 1).map((device) => sessions.insert(sessionOn(device), onNewDevice(device))),
        sessions.insert(sampleSession('ada'), plainly),
      ])
      const isRefused = outcomes.map(({ status }) => status === 'rejected')
      assert.deepEqual(isRefused, [...Array(10).fill(false), true, false])
      assert.equal(await sessions.count(live), 11)
      const told = (await events.read(0, 100)).map(({ type }) => type)
      assert.equal(told.filter((type) => type === 'device.added').length, 10)
      assert.equal(told.filter((type) => type === 'session.ended').length, 5)
    },
  ],
]
