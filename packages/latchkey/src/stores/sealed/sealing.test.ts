import { expect, it } from 'vitest'
import { randomSecret } from '../../foundation/bytes.ts'
import { minutes } from '../../foundation/time.ts'
import { deviceChangedAt, noon, queryAt } from '../../testing/session-store-contract/sample-session.ts'
import {
  address,
  everythingStored,
  fingerprints,
  secret,
  sharedStorage,
  signIn,
  userAgent,
} from './sealed-storage.fake.ts'
import { sealedStorage } from './storage.ts'

it('addresses, user agents and fingerprints are stored in no form that could be read, and come back whole', async () => {
  const { inner, process } = sharedStorage()
  const { storage } = await process()
  const { session, device } = await signIn(storage)
  const stored = await everythingStored(inner)
  for (const text of [address, '192.0.2.0/24', userAgent, 'canary-hash']) {
    for (const form of ['utf8', 'hex', 'base64url'] as const)
      expect(stored).not.toContain(Buffer.from(text).toString(form))
  }
  expect(await storage.sessions.find(session.id)).toEqual(session)
  expect(await storage.devices.find(device.id)).toEqual(device)
})

it('a session is found by its whole address and by no part of it', async () => {
  const { process } = sharedStorage()
  const { storage } = await process()
  const { session } = await signIn(storage)
  await signIn(storage, { ipAddress: '192.0.2.78', addressKey: '192.0.2.78' })
  const found = await storage.sessions.list(queryAt(noon, { ipAddress: address }), { cursor: null, limit: 9 })
  expect(found.items).toEqual([session])
  const search = { text: 'nobody', userIds: [], address }
  expect(await storage.sessions.count(queryAt(noon, { search }))).toBe(1)
  expect(await storage.sessions.count(queryAt(noon, { ipAddress: '192.0.2.7' }))).toBe(0)
  expect(await storage.sessions.count(queryAt(noon, { addressRange: '192.0.2.0/24' }))).toBe(2)
  expect(await storage.sessions.count(queryAt(noon, { addressRange: '192.0.3.0/24' }))).toBe(0)
})

it('two tables have two keys, and processes that start at once agree on them', async () => {
  const { inner, process } = sharedStorage()
  const [one, two] = await Promise.all([process(), process()])
  const { session } = await signIn(one.storage)
  expect(await two.storage.sessions.find(session.id)).toEqual(session)
  expect((await inner.dataKeys.list()).map(({ table }) => table).sort()).toEqual([
    'user_devices',
    'user_sessions',
  ])
})

it('values in clear are read as they are and told of', async () => {
  const { inner, notices, process } = sharedStorage()
  await inner.open()
  const { session, device } = await signIn(inner)
  const { storage } = await process()
  expect(await storage.sessions.find(session.id)).toEqual(session)
  expect((await storage.devices.find(device.id))?.fingerprints).toEqual(fingerprints)
  expect(notices).toEqual([
    { kind: 'values-in-clear', table: 'user_sessions' },
    { kind: 'values-in-clear', table: 'user_devices' },
  ])
})

it.each(['[broken', 'clear', '{}', '[7]'])('fingerprints that are damaged are none: %s', async (damaged) => {
  const { inner, process } = sharedStorage()
  const { storage } = await process()
  const { device } = await signIn(storage)
  const stored = { ...device, fingerprints: damaged, version: device.version + 1 }
  await inner.devices.replace(stored, deviceChangedAt(noon))
  expect((await storage.devices.find(device.id))?.fingerprints).toEqual([])
  expect(await storage.devices.list('ada', 9)).toHaveLength(1)
})

it('with the ring gone a start says so, old values are null, new ones are sealed, and sessions are found', async () => {
  const { inner, notices, process } = sharedStorage()
  const { session, device } = await signIn((await process()).storage)
  const keys = await inner.dataKeys.list()
  for (const { id } of keys) await inner.dataKeys.remove(id)

  const { storage } = await process()
  expect(notices.map(({ kind, table }) => [kind, table])).toEqual([
    ['keys-lost', 'user_sessions'],
    ['keys-lost', 'user_devices'],
  ])
  const unknown = { ipAddress: null, addressKey: null, rangeKey: null, userAgent: null }
  expect(await storage.sessions.find(session.id)).toEqual({ ...session, ...unknown })
  expect((await storage.devices.find(device.id))?.fingerprints).toEqual([])
  const later = await signIn(storage)
  expect(await storage.sessions.find(later.session.id)).toEqual(later.session)

  for (const key of keys) await inner.dataKeys.add(key)
  const restored = await process()
  expect(await restored.storage.sessions.find(session.id)).toEqual(session)
})

it('with the ring gone under a process that runs, one new key is made, and nobody is kept from signing in', async () => {
  const { inner, clock, process } = sharedStorage()
  const { storage } = await process({ upkeep: 'by-command' })
  const { session } = await signIn(storage)
  for (const { id } of await inner.dataKeys.list()) await inner.dataKeys.remove(id)
  clock.advance(minutes(2))
  const later = await Promise.all(Array.from({ length: 5 }, () => signIn(storage)))
  for (const { session: made } of later) expect(await storage.sessions.find(made.id)).toEqual(made)
  expect((await storage.sessions.find(session.id))?.ipAddress).toBeNull()
  for (const { id } of await inner.dataKeys.list()) await inner.dataKeys.remove(id)
  clock.advance(minutes(2))
  await signIn(storage)
  expect(await inner.dataKeys.list()).toHaveLength(2)
})

it('of many who find the ring without a key that they can read, one makes a new one', async () => {
  const { inner, clock, process } = sharedStorage()
  const { storage } = await process({ upkeep: 'by-command' })
  const own = await inner.dataKeys.list()
  await process({ upkeep: 'by-command', secret: randomSecret(32) })
  for (const { id } of own) await inner.dataKeys.remove(id)
  const before = (await inner.dataKeys.list()).length
  clock.advance(minutes(2))
  await Promise.all(Array.from({ length: 5 }, () => signIn(storage)))
  const after = (await inner.dataKeys.list()).map(({ table }) => table).slice(before)
  expect(after.sort()).toEqual(['user_devices', 'user_sessions'])
})

it('under another master secret values are null and the keys stay, for the one that can open them', async () => {
  const { inner, notices, process } = sharedStorage()
  const { session } = await signIn((await process()).storage)
  const keys = await inner.dataKeys.list()
  const { storage } = await process({ secret: randomSecret(32) })
  expect((await storage.sessions.find(session.id))?.ipAddress).toBeNull()
  expect(notices.filter(({ kind }) => kind === 'keys-lost')).toHaveLength(2)
  const later = await signIn(storage)
  expect(await storage.sessions.find(later.session.id)).toEqual(later.session)
  expect(await inner.dataKeys.list()).toEqual(expect.arrayContaining([...keys]))
  expect((await (await process()).storage.sessions.find(session.id))?.ipAddress).toBe(address)
})

it('a key that was made elsewhere is learned of by the first value that it sealed, by one look', async () => {
  const { inner, process } = sharedStorage()
  const [reader, writer] = [await process(), await process()]
  await writer.storage.sealing.rotate()
  const { session } = await signIn(writer.storage)
  let looks = 0
  const list = inner.dataKeys.list
  inner.dataKeys.list = () => {
    looks += 1
    return list()
  }
  const found = await Promise.all(Array.from({ length: 20 }, () => reader.storage.sessions.find(session.id)))
  expect(found.map((record) => record?.ipAddress)).toEqual(found.map(() => address))
  expect(looks).toBe(1)

  for (const { id } of await list()) await inner.dataKeys.remove(id)
  const third = await process()
  looks = 0
  for (let round = 0; round < 5; round += 1) await third.storage.sessions.find(session.id)
  expect(looks).toBeLessThanOrEqual(1)
})

it('a process that wrote last a minute ago looks at the ring before it seals', async () => {
  const { inner, clock, process } = sharedStorage()
  const [one, two] = [await process(), await process()]
  await one.storage.sealing.rotate()
  const newest = (await inner.dataKeys.list()).filter(({ table }) => table === 'user_sessions').at(-1)
  const before = await signIn(two.storage)
  expect((await inner.sessions.find(before.session.id))?.ipAddress).not.toMatch(`${newest?.id}.`)
  clock.advance(minutes(2))
  const after = await signIn(two.storage)
  expect((await inner.sessions.find(after.session.id))?.ipAddress).toMatch(`${newest?.id}.`)
})

it('looking makes no key and changes nothing', async () => {
  const { inner, process } = sharedStorage()
  await inner.open()
  const { session } = await signIn(inner)
  const { storage, timers } = await process({ access: 'read-only' })
  expect(await inner.dataKeys.list()).toEqual([])
  expect(await storage.sessions.find(session.id)).toEqual(session)
  expect(await storage.sealing.look(10)).toMatchObject([
    { table: 'user_sessions', keys: [], inClear: 2, isWhole: true },
    { table: 'user_devices', keys: [], inClear: 1, isWhole: true },
  ])
  await expect(signIn(storage)).rejects.toMatchObject({ code: 'storage-failed' })
  expect(timers.pending).toBe(0)
})

it('a master secret of less than 32 bytes is refused', () => {
  const { inner } = sharedStorage()
  expect(() => sealedStorage(inner, { secret: secret.subarray(1) })).toThrow('at least 32 bytes')
})
