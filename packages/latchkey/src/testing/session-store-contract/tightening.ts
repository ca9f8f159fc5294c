import assert from 'node:assert/strict'
import { after, type Duration, hours, type Instant, minutes } from '../../foundation/time.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  hoursAfterNoon,
  limitedTo,
  noon,
  plainly,
  queryAt,
  revokedAt,
  sampleSession,
  windowAt,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

async function insertAll({ sessions }: Storage, records: readonly SessionRecord[]): Promise<void> {
  for (const record of records) await sessions.insert(record, plainly)
}

/** Created six hours before, with an idle timeout of so many hours of its own. */
function idleAfter(count: number, changes: Partial<SessionRecord> = {}): SessionRecord {
  return sampleSession('ada', { createdAt: hoursAfterNoon(-6), idleTimeout: hours(count), ...changes })
}

function idsOf(records: readonly { readonly id: string }[]): readonly string[] {
  return records.map(({ id }) => id).sort()
}

export const tightening: readonly StorageCase[] = [
  [
    'a session with an idle timeout of its own is live until that has passed, to the millisecond, and then it is cleaned up',
    async (storage) => {
      const { sessions, statistics } = storage
      const used = (at: Instant) => ({ lastAccessedAt: at })
      const ends = [
        idleAfter(6),
        idleAfter(2, used(hoursAfterNoon(-2))),
        idleAfter(2, used(hoursAfterNoon(-5))),
      ]
      const lives = [
        idleAfter(2, used(after(hoursAfterNoon(-2), 1 as Duration))),
        idleAfter(7),
        sampleSession('ada', { createdAt: hoursAfterNoon(-6) }),
      ]
      await insertAll(storage, [...ends, ...lives])
      for (const userId of ['ada', null]) {
        for (const [state, records] of [['live', lives] as const, ['ended', ends] as const]) {
          const query = queryAt(noon, { userId, state })
          const listed = await sessions.list(query, { cursor: null, limit: 10 })
          assert.deepEqual(idsOf(listed.items), idsOf(records))
          assert.equal(await sessions.count(query), records.length)
        }
      }
      assert.equal((await statistics.forUser('ada', windowAt(noon))).live, 3)
      const withoutPolicy = boundsAt(noon, undefined, null)
      assert.equal(await statistics.backlog(withoutPolicy, 10), 3)
      const ended = [
        ...(await sessions.cleanup(withoutPolicy, noon, 2)),
        ...(await sessions.cleanup(withoutPolicy, noon, 2)),
      ]
      assert.deepEqual(idsOf(ended), idsOf(ends))
      for (const { id } of ends) assert.equal((await sessions.find(id))?.endReason, 'idle-timeout')
    },
  ],
  [
    'a session past an idle timeout of its own takes up no place under a limit',
    async (storage) => {
      await insertAll(storage, [idleAfter(6)])
      const outcome = await storage.sessions.insert(sampleSession('ada'), limitedTo(1, 'reject'))
      assert.deepEqual(outcome, { kind: 'inserted', replaced: [] })
    },
  ],
  [
    'deadlines are brought forward where they are later, never back, for many in one step, without an event',
    async (storage) => {
      const { sessions, events } = storage
      const expiresAt = hoursAfterNoon(10)
      const [loose, strict, bare] = [minutes(30), minutes(10), null].map((idleTimeout) =>
        sampleSession('ada', { expiresAt, idleTimeout }),
      )
      assert.ok(loose && strict && bare)
      await insertAll(storage, [loose, strict, bare])
      const position = await events.latest()
      await sessions.tighten([
        { id: loose.id, expiresAt: hoursAfterNoon(5), idleTimeout: minutes(20) },
        { id: strict.id, expiresAt: hoursAfterNoon(20), idleTimeout: minutes(20) },
        { id: bare.id, expiresAt, idleTimeout: minutes(20) },
        { id: sampleSession('ada').id, expiresAt, idleTimeout: null },
      ])
      const deadlines = async () =>
        Promise.all(
          [loose, strict, bare].map(async ({ id }) => {
            const found = await sessions.find(id)
            return [found?.expiresAt, found?.idleTimeout]
          }),
        )
      const tightened = [
        [hoursAfterNoon(5), minutes(20)],
        [expiresAt, minutes(10)],
        [expiresAt, minutes(20)],
      ]
      assert.deepEqual(await deadlines(), tightened)
      await sessions.tighten(
        [loose, strict, bare].map(({ id }) => ({ id, expiresAt: hoursAfterNoon(30), idleTimeout: null })),
      )
      await sessions.tighten([])
      assert.deepEqual(await deadlines(), tightened)
      assert.equal(await events.latest(), position)
    },
  ],
  [
    'tightening leaves an ended session as it was, and makes none',
    async ({ sessions }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      await sessions.invalidate({ kind: 'session', id: record.id, userId: null }, revokedAt(noon))
      const unknown = sampleSession('ada')
      await sessions.tighten(
        [record, unknown].map(({ id }) => ({ id, expiresAt: noon, idleTimeout: minutes(1) })),
      )
      const found = await sessions.find(record.id)
      assert.deepEqual([found?.expiresAt, found?.idleTimeout], [record.expiresAt, null])
      assert.equal(await sessions.find(unknown.id), null)
    },
  ],
  [
    'of concurrent tightenings the strictest holds',
    async (storage) => {
      const record = sampleSession('ada')
      await insertAll(storage, [record])
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          storage.sessions.tighten([
            {
              id: record.id,
              expiresAt: hoursAfterNoon(((index * 7) % 20) + 1),
              idleTimeout: minutes(((index * 3) % 20) + 1),
            },
          ]),
        ),
      )
      const found = await storage.sessions.find(record.id)
      assert.deepEqual([found?.expiresAt, found?.idleTimeout], [hoursAfterNoon(1), minutes(1)])
    },
  ],
]
