import assert from 'node:assert/strict'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  changedAt,
  claiming,
  cutOffAt,
  digestOf,
  hoursAfterNoon,
  noon,
  onDevice,
  plainly,
  queryAt,
  revokedAt,
  sampleDevice,
  sampleSession,
  saysNothing,
  sessionOn,
  unplaced,
  windowAt,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

/** Everything that can be read of one user, and the totals. */
async function everythingOf(
  userId: string,
  { sessions, devices, statistics, events, cutOffs }: Storage,
): Promise<unknown> {
  const all = await events.read(0, 1_000)
  return {
    sessions: (await sessions.list(queryAt(noon, { userId }), { cursor: null, limit: 100 })).items,
    statistics: await statistics.forUser(userId, windowAt(hoursAfterNoon(9))),
    devices: await devices.list(userId, 100),
    uses: await statistics.deviceUses(userId, boundsAt(hoursAfterNoon(9))),
    events: all.filter((event) => event.userId === userId).map(({ position: _position, ...event }) => event),
    cutOffs: (await cutOffs.list(100)).filter(
      ({ scope }) => scope.kind !== 'everybody' && scope.userId === userId,
    ),
    totals: await statistics.totals(),
    recount: await statistics.recountActive(),
  }
}

/** A live session, one that ended, and one that ended and is forgotten, on a device. */
async function liveThroughEverything({ sessions, cutOffs }: Storage, userId: string): Promise<void> {
  const device = sampleDevice(userId)
  const records = [1, 2, 3].map(() => sessionOn(device))
  const actor = `user:${userId}` as const
  for (const record of records) {
    await sessions.insert(record, { ...onDevice(device, 'keep-earlier'), actor })
  }
  const earlier = hoursAfterNoon(-1)
  const scopes = [
    { kind: 'user', userId },
    { kind: 'device', userId, deviceId: device.id },
  ] as const
  for (const scope of scopes) {
    await cutOffs.set(cutOffAt(scope, earlier), changedAt(earlier, { by: 'system' }))
  }
  for (const [index, record] of records.slice(1).entries()) {
    const selection = { kind: 'session', id: record.id, userId } as const
    await sessions.invalidate(selection, revokedAt(hoursAfterNoon(index + 1)))
  }
  await sessions.forget(hoursAfterNoon(2), 1)
}

export const erasing: readonly StorageCase[] = [
  [
    'forgetting a user leaves nothing that names or counts them: it is as if they had never been',
    async (storage) => {
      const untouched = await everythingOf('ada', storage)
      await liveThroughEverything(storage, 'ada')
      assert.notDeepEqual(await everythingOf('ada', storage), untouched)
      const gone = await storage.sessions.forgetUser('ada', changedAt(noon), digestOf)
      assert.equal(gone.length, 2)
      assert.ok(gone.every((ref) => ref.userId === 'ada'))
      for (const ref of gone) assert.equal(await storage.sessions.find(ref.id), null)
      assert.deepEqual(await everythingOf('ada', storage), untouched)
    },
  ],
  [
    'forgetting a user touches nobody else',
    async (storage) => {
      await liveThroughEverything(storage, 'bob')
      const before = await everythingOf('bob', storage)
      await liveThroughEverything(storage, 'ada')
      await storage.sessions.forgetUser('ada', changedAt(noon), digestOf)
      assert.deepEqual(await everythingOf('bob', storage), before)
    },
  ],
  [
    'forgetting a user of whom nothing is known does nothing',
    async (storage) => {
      await liveThroughEverything(storage, 'bob')
      const before = await everythingOf('bob', storage)
      assert.deepEqual(await storage.sessions.forgetUser('ada', changedAt(noon), digestOf), [])
      assert.deepEqual(await everythingOf('bob', storage), before)
    },
  ],
  [
    'the claims of a forgotten user go with them, and events after that get positions of their own',
    async ({ sessions, events }) => {
      await sessions.insert(sampleSession('ada'), claiming('key', 'request'))
      const position = await events.latest()
      await sessions.forgetUser('ada', changedAt(noon), digestOf)
      const outcome = await sessions.insert(sampleSession('ada'), claiming('key', 'another request'))
      assert.equal(outcome.kind, 'inserted')
      assert.ok((await events.latest()) > position)
    },
  ],
  [
    'events that name a forgotten user keep their places and instants, with a digest in place of what they said',
    async ({ sessions, devices, events }) => {
      const device = sampleDevice('ada')
      await sessions.insert(sessionOn(device), { ...onDevice(device), request: 'req-1' })
      await sessions.insert(sampleSession('bob'), { ...plainly, actor: 'admin:ada' })
      await sessions.insert(sampleSession('eve'), plainly)
      await sessions.insert(sampleSession('eve'), { ...plainly, actor: 'user:adam' })
      const change = { before: { name: null }, after: { name: 'of ada' } }
      await devices.replace({ ...device, version: 2 }, { ...changedAt(noon), ...change })
      const before = await events.read(0, 100)
      await sessions.forgetUser(
        'ada',
        changedAt(hoursAfterNoon(1), { by: 'admin:root', request: 'req-2' }),
        digestOf,
      )
      const after = await events.read(0, 100)
      const expected = before.map((event) => {
        if (event.actor === 'user:adam') return event
        const { position, at } = event
        const erased = { ...saysNothing, type: 'event.erased', at, actor: 'system' }
        return { ...erased, position, digest: [...digestOf(event)] }
      })
      const kept = after
        .slice(0, -1)
        .map(({ digest, ...event }) => ({ ...event, digest: digest && [...digest] }))
      assert.deepEqual(kept, expected)
      const [last] = after.slice(-1)
      const at = hoursAfterNoon(1)
      assert.deepEqual(last && unplaced(last), {
        ...saysNothing,
        type: 'user.forgotten',
        at,
        actor: 'admin:root',
        request: 'req-2',
      })
    },
  ],
  [
    'an event that was erased is not erased again, and one who forgets themselves is not named by it',
    async ({ sessions, events }) => {
      await sessions.insert(sampleSession('ada'), plainly)
      await sessions.forgetUser('ada', changedAt(noon), digestOf)
      const erased = await events.read(0, 100)
      assert.deepEqual(
        erased.map(({ type, actor }) => [type, actor]),
        [
          ['event.erased', 'system'],
          ['user.forgotten', 'system'],
        ],
      )
      await sessions.forgetUser('ada', changedAt(noon, { by: 'system' }), () => Uint8Array.of(1))
      assert.deepEqual((await events.read(0, 100)).slice(0, 2), erased)
    },
  ],
]
