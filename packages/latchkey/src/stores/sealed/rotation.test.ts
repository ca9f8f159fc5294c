import { expect, it } from 'vitest'
import { hours, minutes, seconds } from '../../foundation/time.ts'
import { nextTurn } from '../../foundation/timers.ts'
import type { Storage } from '../../ports/storage.ts'
import { fakeClock } from '../../testing/fake-clock.ts'
import { noon, queryAt } from '../../testing/session-store-contract/sample-session.ts'
import { ringAge } from './key-ring.ts'
import { supersededFor } from './rotation.ts'
import {
  address,
  everythingStored,
  type Process,
  type Shared,
  sharedStorage,
  signIn,
  userAgent,
} from './sealed-storage.fake.ts'

async function keyIds({ dataKeys }: Storage): Promise<string[]> {
  return (await dataKeys.list()).filter(({ table }) => table === 'user_sessions').map(({ id }) => id)
}

/** Lets the upkeep of the process come to its next turn and finish it. */
async function upkeep({ timers }: Process): Promise<void> {
  timers.advance(minutes(2))
  for (let turn = 0; turn < 50; turn += 1) await nextTurn()
}

async function signInMany(storage: Storage, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await signIn(storage)
}

async function usersOf(shared: Shared, storage: Storage): Promise<unknown[]> {
  const page = await storage.sessions.list(queryAt(noon), { cursor: null, limit: 1_000 })
  expect(page.items.length, 'all are listed').toBeGreaterThan(0)
  expect(shared.notices.filter(({ kind }) => kind === 'keys-lost')).toEqual([])
  return page.items.map(({ ipAddress, userAgent: agent }) => [ipAddress, agent])
}

it('a rotation seals everything anew, in batches, and keeps the earlier key for those who have not heard of it', async () => {
  const shared = sharedStorage()
  const { inner } = shared
  const { storage } = await shared.process()
  await signInMany(storage, 450)
  const [earlier] = await keyIds(inner)
  const batches: number[] = []
  const [sessions] = await storage.sealing.rotate((table, sealed) => {
    if (table === 'user_sessions') batches.push(sealed)
  })
  const [, newest] = await keyIds(inner)
  expect(batches).toEqual([400, 400, 100])
  expect(sessions).toMatchObject({
    rotation: 'begun',
    sealed: 900,
    unreadable: 0,
    retired: [],
    kept: [earlier],
  })
  const stored = await everythingStored(inner)
  expect([stored.includes(`${earlier}.`), stored.includes(`${newest}.`)]).toEqual([false, true])
  expect(await usersOf(shared, storage)).toEqual(Array.from({ length: 450 }, () => [address, userAgent]))
  expect(await storage.sessions.count(queryAt(noon, { ipAddress: address }))).toBe(450)
  expect(await storage.sessions.count(queryAt(noon, { addressRange: '192.0.2.0/24' }))).toBe(450)
})

it('the superseded key is taken out once it is five minutes old and nothing is sealed by it', async () => {
  const shared = sharedStorage()
  const { inner, clock } = shared
  const [one, two] = [await shared.process(), await shared.process()]
  await signIn(one.storage)
  clock.advance(seconds(1))
  await one.storage.sealing.rotate()
  const [earlier, newest] = await keyIds(inner)
  // The other process has not heard of the new key, and may seal by the old one for a minute.
  await signIn(two.storage)
  expect(await everythingStored(inner)).toContain(`${earlier}.`)
  clock.advance(seconds(299))
  expect((await one.storage.sealing.rotate())[0]).toMatchObject({
    rotation: 'continued',
    sealed: 2,
    retired: [],
  })
  clock.advance(seconds(1))
  expect((await two.storage.sealing.rotate())[0]).toMatchObject({ sealed: 0, retired: [earlier], kept: [] })
  expect(await keyIds(inner)).toEqual([newest])
  expect(await usersOf(shared, one.storage)).toEqual([
    [address, userAgent],
    [address, userAgent],
  ])
})

it('a rotation that was interrupted is gone on with by the next one, without another key', async () => {
  const shared = sharedStorage()
  const { inner } = shared
  const { storage } = await shared.process()
  await signInMany(storage, 250)
  const whole = inner.sealedValues.replace
  inner.sealedValues.replace = async () => {
    throw new Error('killed')
  }
  await expect(storage.sealing.rotate()).rejects.toThrow('killed')
  inner.sealedValues.replace = whole
  const keys = await keyIds(inner)
  expect(keys).toHaveLength(2)
  const [sessions, devices] = await storage.sealing.rotate()
  expect(sessions).toMatchObject({ rotation: 'continued', keyId: keys[1], sealed: 500 })
  expect(devices).toMatchObject({ rotation: 'begun', sealed: 250 })
  expect(await keyIds(inner)).toEqual(keys)
})

it('a process that runs finishes a rotation of another one, and takes the superseded key out in time', async () => {
  const shared = sharedStorage()
  const { inner, clock } = shared
  const [running, command] = [await shared.process(), await shared.process({ upkeep: 'by-command' })]
  expect(command.timers.pending).toBe(0)
  await signIn(running.storage)
  clock.advance(seconds(1))
  await command.storage.sealing.rotate()
  const [, newest] = await keyIds(inner)
  await signIn(running.storage)
  await upkeep(running)
  expect(shared.notices).toContainEqual({ kind: 'sealed-anew', table: 'user_sessions', values: 2 })
  expect(await keyIds(inner)).toHaveLength(2)
  clock.advance(supersededFor)
  await upkeep(running)
  expect(await keyIds(inner)).toEqual([newest])
  expect((await usersOf(shared, running.storage)).length).toBe(2)
})

it('a key that was made by a clock far behind is given the same five minutes by a process that runs', async () => {
  const shared = sharedStorage()
  const { inner, clock } = shared
  const [running, other] = [await shared.process(), await shared.process({ upkeep: 'by-command' })]
  clock.advance(hours(1))
  const behind = fakeClock()
  behind.advance(minutes(50))
  await signIn(other.storage)
  const command = await shared.process({ upkeep: 'by-command', clock: behind })
  await command.storage.sealing.rotate()
  await upkeep(running)
  // It has not heard of the new key.
  await signIn(other.storage)
  const later = await shared.process({ upkeep: 'by-command' })
  expect(await usersOf(shared, later.storage)).toEqual(Array.from({ length: 2 }, () => [address, userAgent]))
  clock.advance(supersededFor)
  await upkeep(running)
  await upkeep(running)
  expect(await keyIds(inner)).toHaveLength(1)
  expect(await usersOf(shared, later.storage)).toHaveLength(2)
})

it('values in clear are sealed in the background, also when the process that found them was killed', async () => {
  const shared = sharedStorage()
  const { inner } = shared
  await inner.open()
  await signInMany(inner, 3)
  await shared.process({ upkeep: 'by-command' })
  expect(await everythingStored(inner)).toContain(address)
  const later = await shared.process()
  await upkeep(later)
  const stored = await everythingStored(inner)
  for (const text of [address, userAgent, 'canary-hash']) expect(stored).not.toContain(text)
  expect(await later.storage.sessions.count(queryAt(noon, { ipAddress: address }))).toBe(3)
  expect(await later.storage.sessions.count(queryAt(noon, { addressRange: '192.0.2.0/24' }))).toBe(3)
  expect(shared.notices).toContainEqual({ kind: 'sealed-anew', table: 'user_sessions', values: 6 })
})

it('values that cannot be read stay as they are, are counted, and keep no key from being taken out', async () => {
  const shared = sharedStorage()
  const { inner, clock } = shared
  const first = await shared.process()
  const { session } = await signIn(first.storage)
  for (const { id } of await inner.dataKeys.list()) await inner.dataKeys.remove(id)
  const { storage } = await shared.process({ upkeep: 'by-command' })
  await signIn(storage)
  const before = await inner.sessions.find(session.id)
  clock.advance(supersededFor)
  const [rotated] = await storage.sealing.rotate()
  expect(rotated).toMatchObject({ rotation: 'continued', unreadable: 2 })
  clock.advance(supersededFor)
  await storage.sealing.rotate()
  expect(await keyIds(inner)).toHaveLength(1)
  expect(await inner.sessions.find(session.id)).toEqual(before)
  const [state] = await storage.sealing.look(100)
  expect(state).toMatchObject({ inClear: 0, byEarlierKey: 0, unreadable: 2, isWhole: true })
  expect((await storage.sealing.look(0))[0]?.isWhole).toBe(false)
})

it('a key by which something is still sealed stays, however old it is', async () => {
  const { inner, clock, process } = sharedStorage()
  const { storage } = await process()
  await signIn(storage)
  // As if somebody else had always been faster.
  const { replace } = inner.sealedValues
  inner.sealedValues.replace = async () => {}
  await storage.sealing.rotate()
  clock.advance(supersededFor)
  const [earlier] = await keyIds(inner)
  clock.advance(seconds(1))
  expect((await storage.sealing.rotate())[0]).toMatchObject({ retired: [], kept: [earlier] })
  inner.sealedValues.replace = replace
  expect((await storage.sealing.rotate())[0]).toMatchObject({ retired: [earlier], kept: [] })
})

it('closing ends the upkeep that is under way, and nothing is set any more', async () => {
  const shared = sharedStorage()
  const { inner } = shared
  await inner.open()
  await signInMany(inner, 450)
  const { storage, timers } = await shared.process()
  timers.advance(ringAge)
  await storage.close()
  expect(timers.pending).toBe(0)
})

it('a new key is newer than every other of its table, whatever the clock says', async () => {
  const shared = sharedStorage()
  const { inner, clock } = shared
  const { storage } = await shared.process()
  clock.advance(seconds(-3_600))
  await signIn(storage)
  const [rotated] = await storage.sealing.rotate()
  expect(rotated?.keyId).not.toBe((await keyIds(inner))[0])
  expect(rotated?.sealed).toBe(2)
})
