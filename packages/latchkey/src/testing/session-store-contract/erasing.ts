import assert from 'node:assert/strict'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  claiming,
  hoursAfterNoon,
  noon,
  onDevice,
  queryAt,
  revokedAt,
  sampleDevice,
  sampleSession,
  sessionOn,
  windowAt,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

/** Everything that can be read of one user, and the totals. */
async function everythingOf(
  userId: string,
  { sessions, devices, statistics, events }: Storage,
): Promise<unknown> {
  const all = await events.read(0, 1_000)
  return {
    sessions: (await sessions.list(queryAt(noon, { userId }), { cursor: null, limit: 100 })).items,
    statistics: await statistics.forUser(userId, windowAt(hoursAfterNoon(9))),
    devices: await devices.list(userId, 100),
    uses: await statistics.deviceUses(userId, boundsAt(hoursAfterNoon(9))),
    events: all.filter((event) => event.userId === userId).map(({ position: _position, ...event }) => event),
    totals: await statistics.totals(),
    recount: await statistics.recountActive(),
  }
}

/** A live session, one that ended, and one that ended and is forgotten, on a device. */
async function liveThroughEverything({ sessions }: Storage, userId: string): Promise<void> {
  const device = sampleDevice(userId)
  const records = [1, 2, 3].map(() => sessionOn(device))
  for (const record of records) await sessions.insert(record, onDevice(device, 'keep-earlier'))
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
      const gone = await storage.sessions.forgetUser('ada')
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
      await storage.sessions.forgetUser('ada')
      assert.deepEqual(await everythingOf('bob', storage), before)
    },
  ],
  [
    'forgetting a user of whom nothing is known does nothing',
    async (storage) => {
      await liveThroughEverything(storage, 'bob')
      const before = await everythingOf('bob', storage)
      assert.deepEqual(await storage.sessions.forgetUser('ada'), [])
      assert.deepEqual(await everythingOf('bob', storage), before)
    },
  ],
  [
    'the claims of a forgotten user go with them, and events after that get positions of their own',
    async ({ sessions, events }) => {
      await sessions.insert(sampleSession('ada'), claiming('key', 'request'))
      const position = await events.latest()
      await sessions.forgetUser('ada')
      const outcome = await sessions.insert(sampleSession('ada'), claiming('key', 'another request'))
      assert.equal(outcome.kind, 'inserted')
      assert.ok((await events.latest()) > position)
    },
  ],
]
