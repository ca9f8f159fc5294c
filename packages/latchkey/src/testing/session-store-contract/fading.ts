import assert from 'node:assert/strict'
import type { Instant } from '../../foundation/time.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { FadingFact } from '../../ports/session-store.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  hoursAfterNoon,
  noon,
  oslo,
  plainly,
  queryAt,
  renewedAt,
  revokedAt,
  sampleSession,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

async function insertAt({ sessions }: Storage, hours: readonly number[]): Promise<SessionRecord[]> {
  const records = hours.map((hour) =>
    sampleSession('ada', { createdAt: hoursAfterNoon(hour), place: oslo, ipAddress: '192.0.2.10' }),
  )
  for (const record of records) await sessions.insert(record, plainly)
  return records
}

async function addressesOf({ sessions }: Storage, records: readonly SessionRecord[]) {
  return Promise.all(records.map(async ({ id }) => (await sessions.find(id))?.ipAddress ?? null))
}

/** Until there are no more; how many calls that took. */
async function fadeAll(storage: Storage, fact: FadingFact, before: Instant, limit: number): Promise<number> {
  let from: Instant | null = hoursAfterNoon(-1_000)
  let calls = 0
  while (from !== null) {
    assert.ok(calls < 100, 'fading comes to an end')
    from = await storage.sessions.fade(fact, from, before, limit)
    calls += 1
  }
  return calls
}

export const fading: readonly StorageCase[] = [
  [
    'an address fades from the oldest sessions first, at most so many, and what is said leads to the next',
    async (storage) => {
      const records = await insertAt(storage, [3, 1, 2, 0])
      const reached = await storage.sessions.fade('ipAddress', noon, hoursAfterNoon(3), 2)
      assert.equal(reached, hoursAfterNoon(1))
      const address = '192.0.2.10'
      assert.deepEqual(await addressesOf(storage, records), [address, null, address, null])
      await storage.sessions.fade('ipAddress', reached ?? noon, hoursAfterNoon(3), 2)
      assert.deepEqual(await addressesOf(storage, records), [address, null, null, null])
      assert.equal(await storage.sessions.fade('ipAddress', noon, hoursAfterNoon(3), 2), null)
    },
  ],
  [
    'sessions from before the beginning and from the end on keep their address',
    async (storage) => {
      const records = await insertAt(storage, [0, 1, 2])
      await storage.sessions.fade('ipAddress', hoursAfterNoon(1), hoursAfterNoon(2), 10)
      assert.deepEqual(await addressesOf(storage, records), ['192.0.2.10', null, '192.0.2.10'])
    },
  ],
  [
    'many sessions of one instant fade all, whatever the size of the steps',
    async (storage) => {
      const records = await insertAt(storage, [0, 0, 0, 0, 0, 1])
      await fadeAll(storage, 'ipAddress', hoursAfterNoon(1), 2)
      assert.deepEqual(await addressesOf(storage, records), [null, null, null, null, null, '192.0.2.10'])
    },
  ],
  [
    'a session whose address has faded cannot be found by it any more',
    async (storage) => {
      await insertAt(storage, [0, 1])
      await fadeAll(storage, 'ipAddress', hoursAfterNoon(1), 10)
      const address = '192.0.2.10'
      assert.equal(await storage.sessions.count(queryAt(noon, { ipAddress: address })), 1)
      const search = { text: address, userIds: [], address }
      assert.equal(await storage.sessions.count(queryAt(noon, { search })), 1)
      const [, faded] = (await storage.sessions.list(queryAt(noon), { cursor: null, limit: 2 })).items
      assert.deepEqual([faded?.addressKey, faded?.rangeKey], [null, null])
      assert.equal(await storage.sessions.count(queryAt(noon, { addressRange: '192.0.2.0/24' })), 1)
    },
  ],
  [
    'fading one fact changes nothing else, writes no event and meets ended sessions, too',
    async (storage) => {
      const { sessions, events } = storage
      const records = await insertAt(storage, [0, 1])
      const [ended, live] = records
      assert.ok(ended && live)
      await sessions.invalidate({ kind: 'session', id: ended.id, userId: null }, revokedAt(noon))
      const position = await events.latest()
      const before = await Promise.all(records.map(({ id }) => sessions.find(id)))
      await fadeAll(storage, 'userAgent', hoursAfterNoon(5), 10)
      const withoutAgent = await Promise.all(records.map(({ id }) => sessions.find(id)))
      assert.deepEqual(
        withoutAgent,
        before.map((record) => ({ ...record, userAgent: null })),
      )
      await fadeAll(storage, 'ipAddress', hoursAfterNoon(5), 10)
      const withoutBoth = await Promise.all(records.map(({ id }) => sessions.find(id)))
      assert.deepEqual(
        withoutBoth,
        before.map((record) => ({
          ...record,
          userAgent: null,
          ipAddress: null,
          addressKey: null,
          rangeKey: null,
        })),
      )
      assert.equal(await events.latest(), position)
      assert.equal(await sessions.replace({ ...live, version: 2 }, renewedAt(noon)), true)
      const renewed = await sessions.find(live.id)
      assert.deepEqual(
        [renewed?.ipAddress, renewed?.addressKey, renewed?.rangeKey, renewed?.userAgent],
        [null, null, null, null],
      )
    },
  ],
]
