import assert from 'node:assert/strict'
import type { DeviceRecord } from '../../model/device.ts'
import type { StoredDataKey } from '../../ports/data-key-store.ts'
import type { StoredValues } from '../../ports/sealed-values.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  deviceChangedAt,
  hoursAfterNoon,
  noon,
  onDevice,
  plainly,
  queryAt,
  sampleDataKey,
  sampleDevice,
  sampleSession,
  sessionOn,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

/** The bytes as an array: a store may bring another kind of byte array than it was given. */
function plain(keys: readonly StoredDataKey[]): unknown {
  return keys.map((key) => ({ ...key, wrapped: [...key.wrapped] }))
}

const opaque = 'abcdefgh.c2VhbGVkIGFuZCBub3QgSlNPTg'

/** Three sessions: both texts sealed by `key2`, one of them only, none. In the order of their ids. */
async function threeSessions({ sessions }: Storage): Promise<readonly StoredValues[]> {
  const records = [
    { ipAddress: 'key2.a', userAgent: 'key2.b' },
    { ipAddress: 'key1.a', userAgent: 'key2.b' },
    { ipAddress: null, userAgent: 'Example/1.0' },
  ].map((texts, index) =>
    sampleSession('ada', {
      ...texts,
      addressKey: texts.ipAddress && `hash ${index}`,
      rangeKey: texts.ipAddress && `range ${index}`,
    }),
  )
  for (const record of records) await sessions.insert(record, plainly)
  return records
    .map(({ id, ipAddress, userAgent, addressKey, rangeKey }) => ({
      id,
      values: { ipAddress, userAgent },
      addressKey,
      rangeKey,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** For storages that keep texts as they are given, as those do in which another one keeps what it has sealed. */
export const sealing: readonly StorageCase[] = [
  [
    'what addresses are found by is kept as it was given, apart from the address',
    async ({ sessions }) => {
      const record = sampleSession('ada', { ipAddress: opaque, addressKey: 'hash', rangeKey: 'range' })
      await sessions.insert(record, plainly)
      const found = await sessions.find(record.id)
      assert.deepEqual([found?.ipAddress, found?.addressKey, found?.rangeKey], [opaque, 'hash', 'range'])
      assert.equal(await sessions.count(queryAt(noon, { addressRange: 'range' })), 1)
      assert.equal(await sessions.count(queryAt(noon, { addressRange: '192.0.2.0/24' })), 0)
      assert.equal(await sessions.count(queryAt(noon, { ipAddress: 'hash' })), 1)
      assert.equal(await sessions.count(queryAt(noon, { ipAddress: opaque })), 0)
      const search = { text: '192.0.2.10', userIds: [], address: 'hash' }
      assert.equal(await sessions.count(queryAt(noon, { search })), 1)
    },
  ],
  [
    'sealed fingerprints come back as the text that they are, from sign-ins and from replaces',
    async ({ sessions, devices }) => {
      const device = sampleDevice('ada', { fingerprints: opaque, fingerprintedAt: noon })
      await sessions.insert(sessionOn(device), onDevice(device))
      assert.deepEqual(await devices.find(device.id), device)
      assert.deepEqual(await devices.list('ada', 1), [device])
      const next: DeviceRecord = { ...device, version: 2, fingerprints: `${opaque}"'[]` }
      await devices.replace(next, deviceChangedAt(noon))
      assert.deepEqual(await devices.find(device.id), next)
      assert.equal(await devices.forgetFingerprints(hoursAfterNoon(1), 10), 1)
      assert.deepEqual((await devices.find(device.id))?.fingerprints, [])
    },
  ],
  [
    'data keys are listed oldest first, then by id, with every field as it was',
    async ({ dataKeys }) => {
      assert.deepEqual(await dataKeys.list(), [])
      const keys = [
        sampleDataKey({ id: 'bbbbbbbb', createdAt: hoursAfterNoon(1) }),
        sampleDataKey({ id: 'aaaaaaaa', createdAt: hoursAfterNoon(1), table: 'user_devices' }),
        sampleDataKey({ id: 'cccccccc', wrapped: Uint8Array.of(0, 255) }),
      ]
      for (const key of keys) await dataKeys.add(key)
      const [b, a, c] = keys
      assert.ok(a && b && c)
      assert.deepEqual(plain(await dataKeys.list()), plain([c, a, b]))
    },
  ],
  [
    'a first key is added where its table has none, whatever the other table has',
    async ({ dataKeys }) => {
      const first = sampleDataKey()
      assert.equal(await dataKeys.addFirst(first), true)
      assert.equal(await dataKeys.addFirst(sampleDataKey()), false)
      const other = sampleDataKey({ table: 'user_devices', createdAt: hoursAfterNoon(1) })
      assert.equal(await dataKeys.addFirst(other), true)
      assert.deepEqual(plain(await dataKeys.list()), plain([first, other]))
    },
  ],
  [
    'of twenty concurrent first keys exactly one is added',
    async ({ dataKeys }) => {
      const keys = Array.from({ length: 20 }, () => sampleDataKey())
      const told = await Promise.all(keys.map((key) => dataKeys.addFirst(key)))
      assert.equal(told.filter(Boolean).length, 1)
      assert.deepEqual(
        (await dataKeys.list()).map(({ id }) => id),
        [keys[told.indexOf(true)]?.id],
      )
    },
  ],
  [
    'a key is removed once, and its table may have a first one again',
    async ({ dataKeys }) => {
      const key = sampleDataKey()
      await dataKeys.add(key)
      assert.equal(await dataKeys.remove('zzzzzzzz'), false)
      assert.equal(await dataKeys.remove(key.id), true)
      assert.equal(await dataKeys.remove(key.id), false)
      assert.deepEqual(await dataKeys.list(), [])
      assert.equal(await dataKeys.addFirst(sampleDataKey()), true)
    },
  ],
  [
    'rows that hold a value of another key are found by id, page by page, with all that they hold',
    async (storage) => {
      const all = await threeSessions(storage)
      const { sealedValues } = storage
      const expected = all.filter(({ values }) => !values.ipAddress?.startsWith('key2.'))
      assert.equal(expected.length, 2)
      assert.deepEqual(await sealedValues.notSealedBy('user_sessions', 'key2.', null, 10), expected)
      assert.deepEqual(await sealedValues.notSealedBy('user_sessions', 'key3.', null, 10), all)
      const [first, second] = expected
      assert.ok(first && second)
      assert.deepEqual(await sealedValues.notSealedBy('user_sessions', 'key2.', null, 1), [first])
      assert.deepEqual(await sealedValues.notSealedBy('user_sessions', 'key2.', first.id, 1), [second])
      assert.deepEqual(await sealedValues.notSealedBy('user_sessions', 'key2.', second.id, 1), [])
      assert.deepEqual(await sealedValues.notSealedBy('user_devices', 'key2.', null, 10), [])
    },
  ],
  [
    'the fingerprints of devices are found as the text that is stored, and devices without any are not',
    async ({ sessions, sealedValues }) => {
      const taken = { fingerprintedAt: noon }
      const parsed = [{ seenAt: noon, hashes: { canvas: 'abc' } }]
      const clear = sampleDevice('ada', { ...taken, fingerprints: parsed })
      const sealed = sampleDevice('ada', { ...taken, fingerprints: opaque })
      for (const device of [clear, sealed, sampleDevice('ada')]) {
        await sessions.insert(sessionOn(device), onDevice(device))
      }
      const found = await sealedValues.notSealedBy('user_devices', 'key2.', null, 10)
      assert.deepEqual(
        found.map(({ id }) => id),
        [clear.id, sealed.id].sort(),
      )
      const textOf = (id: string) => found.find((row) => row.id === id)?.values.fingerprints
      assert.equal(textOf(sealed.id), opaque)
      assert.deepEqual(JSON.parse(textOf(clear.id) ?? ''), parsed)
      assert.deepEqual(
        found.map(({ addressKey, rangeKey, values }) => [addressKey, rangeKey, Object.keys(values)]),
        [
          [null, null, ['fingerprints']],
          [null, null, ['fingerprints']],
        ],
      )
      const rest = await sealedValues.notSealedBy('user_devices', opaque.slice(0, 9), null, 10)
      assert.deepEqual(
        rest.map(({ id }) => id),
        [clear.id],
      )
    },
  ],
  [
    'values are replaced with what addresses are found by, and nothing else of the row, without an event',
    async (storage) => {
      const { sessions, devices, events, sealedValues } = storage
      const session = sampleSession('ada')
      const parsed = [{ seenAt: noon, hashes: { canvas: 'abc' } }]
      const device = sampleDevice('ada', { fingerprints: parsed, fingerprintedAt: noon })
      await sessions.insert(session, onDevice(device))
      const position = await events.latest()
      const read = await sealedValues.notSealedBy('user_sessions', 'key2.', null, 10)
      const values = { ipAddress: 'key2.a', userAgent: 'key2.b' }
      const next = { id: session.id, values, addressKey: 'hash', rangeKey: 'range' }
      await sealedValues.replace('user_sessions', read, [next])
      const before = { ...session, secretHash: [...session.secretHash] }
      const found = await sessions.find(session.id)
      assert.deepEqual(found && { ...found, secretHash: [...found.secretHash] }, {
        ...before,
        ...values,
        addressKey: 'hash',
        rangeKey: 'range',
      })
      assert.equal(await sessions.count(queryAt(noon, { ipAddress: 'hash' })), 1)
      assert.equal(await sessions.count(queryAt(noon, { addressRange: 'range' })), 1)
      const [readDevice] = await sealedValues.notSealedBy('user_devices', 'key2.', null, 10)
      assert.ok(readDevice)
      const sealed = { ...readDevice, values: { fingerprints: opaque } }
      await sealedValues.replace('user_devices', [readDevice], [sealed])
      assert.deepEqual(await devices.find(device.id), { ...device, fingerprints: opaque })
      await sealedValues.replace('user_devices', [sealed], [readDevice])
      assert.deepEqual(await devices.find(device.id), device)
      assert.equal(await events.latest(), position)
      await sealedValues.replace('user_sessions', [], [])
    },
  ],
  [
    'a value that is another one than was read stays, and the others of its row are replaced',
    async (storage) => {
      const { sessions, sealedValues } = storage
      const all = await threeSessions(storage)
      await sessions.fade('ipAddress', noon, hoursAfterNoon(1), 10)
      const next = all.map((row, index) => ({
        ...row,
        values: { ipAddress: 'key3.a', userAgent: `key3.${index}` },
        addressKey: 'hash',
        rangeKey: 'range',
      }))
      await sealedValues.replace('user_sessions', all, next)
      for (const [index, { id, addressKey }] of all.entries()) {
        const found = await sessions.find(id as `ses_${string}`)
        const wasThere = addressKey !== null
        assert.deepEqual(
          [found?.ipAddress, found?.addressKey, found?.rangeKey, found?.userAgent],
          [wasThere ? null : 'key3.a', wasThere ? null : 'hash', wasThere ? null : 'range', `key3.${index}`],
        )
      }
    },
  ],
  [
    'a device whose fingerprints have gone meanwhile does not get them back',
    async ({ sessions, devices, sealedValues }) => {
      const parsed = [{ seenAt: noon, hashes: {} }]
      const device = sampleDevice('ada', { fingerprints: parsed, fingerprintedAt: noon })
      await sessions.insert(sessionOn(device), onDevice(device))
      const read = await sealedValues.notSealedBy('user_devices', 'key2.', null, 10)
      await devices.forgetFingerprints(hoursAfterNoon(1), 10)
      await sealedValues.replace(
        'user_devices',
        read,
        read.map((row) => ({ ...row, values: { fingerprints: opaque } })),
      )
      assert.deepEqual((await devices.find(device.id))?.fingerprints, [])
    },
  ],
]
