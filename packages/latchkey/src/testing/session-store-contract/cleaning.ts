import assert from 'node:assert/strict'
import type { SessionRecord } from '../../model/session.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  claiming,
  hoursAfterNoon,
  noon,
  plainly,
  queryAt,
  revokedAt,
  sampleSession,
  windowAt,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

const expired = { expiresAt: noon }
const outlived = { createdAt: hoursAfterNoon(-24 * 30), expiresAt: hoursAfterNoon(1), lastAccessedAt: noon }
const idle = { createdAt: hoursAfterNoon(-24 * 8), lastAccessedAt: hoursAfterNoon(-24 * 7) }

export const cleaning: readonly StorageCase[] = [
  [
    'a cleanup ends what is past its deadline with the reason that is the cause, by the system, and nothing else',
    async ({ sessions }) => {
      const reasons = new Map<SessionRecord, string | null>([
        [sampleSession('ada', expired), 'expired'],
        [sampleSession('ada', outlived), 'expired'],
        [sampleSession('bob', idle), 'idle-timeout'],
        [sampleSession('bob', { ...idle, lastAccessedAt: null }), 'idle-timeout'],
        [sampleSession('bob', { ...idle, ...expired }), 'expired'],
        [sampleSession('eve'), null],
        [sampleSession('eve', { ...outlived, lifetime: 1 as SessionRecord['lifetime'] }), null],
      ])
      for (const record of reasons.keys()) await sessions.insert(record, plainly)
      const ended = await sessions.cleanup(boundsAt(noon), hoursAfterNoon(1), 100)
      assert.equal(ended.length, 5)
      for (const [record, reason] of reasons) {
        const found = await sessions.find(record.id)
        assert.equal(found?.endReason, reason)
        assert.equal(found?.endedBy, reason && 'system')
        assert.equal(found?.invalidatedAt, reason && hoursAfterNoon(1))
      }
      assert.deepEqual(await sessions.cleanup(boundsAt(noon), hoursAfterNoon(2), 100), [])
    },
  ],
  [
    'a cleanup without an idle timeout leaves the unused ones alone',
    async ({ sessions }) => {
      await sessions.insert(sampleSession('ada', idle), plainly)
      assert.deepEqual(await sessions.cleanup(boundsAt(noon, undefined, null), noon, 10), [])
    },
  ],
  [
    'a cleanup ends at most as many as it is told, and fewer only when there are no more',
    async ({ sessions, statistics }) => {
      for (const kind of [expired, outlived, idle, expired, idle, idle, outlived]) {
        await sessions.insert(sampleSession('ada', kind), plainly)
      }
      const bounds = boundsAt(noon)
      assert.equal(await statistics.backlog(bounds, 5), 5)
      assert.equal(await statistics.backlog(bounds, 100), 7)
      const sizes: number[] = []
      const ids = new Set<string>()
      for (let run = 0; run < 3; run += 1) {
        const ended = await sessions.cleanup(bounds, noon, 3)
        sizes.push(ended.length)
        for (const ref of ended) ids.add(ref.id)
      }
      assert.deepEqual(sizes, [3, 3, 1])
      assert.equal(ids.size, 7)
      assert.equal(await statistics.backlog(bounds, 100), 0)
    },
  ],
  [
    'what ended before the instant is forgotten, longest ended first and at most so many; the rest stays',
    async ({ sessions }) => {
      const [first, second, third, live] = ['1', '2', '3', '4'].map((name) => sampleSession(name))
      assert.ok(first && second && third && live)
      for (const record of [third, second, first, live]) await sessions.insert(record, plainly)
      for (const [index, record] of [first, second, third].entries()) {
        await sessions.invalidate(
          { kind: 'session', id: record.id, userId: null },
          revokedAt(hoursAfterNoon(index + 1)),
        )
      }
      assert.equal(await sessions.forget(hoursAfterNoon(3), 1), 1)
      assert.equal(await sessions.find(first.id), null)
      assert.notEqual(await sessions.find(second.id), null)
      assert.equal(await sessions.forget(hoursAfterNoon(3), 10), 1)
      assert.notEqual(await sessions.find(third.id), null)
      assert.notEqual(await sessions.find(live.id), null)
      assert.equal(await sessions.count(queryAt(noon)), 2)
    },
  ],
  [
    'forgetting changes nothing that totals and statistics show',
    async ({ sessions, statistics }) => {
      const records = [
        sampleSession('ada', { createdAt: hoursAfterNoon(-24 * 29), lastAccessedAt: hoursAfterNoon(-3) }),
        sampleSession('ada', { createdAt: hoursAfterNoon(-24 * 31), lastAccessedAt: hoursAfterNoon(-1) }),
        sampleSession('ada', { createdAt: hoursAfterNoon(-2) }),
        sampleSession('ada', { createdAt: hoursAfterNoon(-2) }),
        sampleSession('bob'),
      ]
      for (const record of records) await sessions.insert(record, plainly)
      const reasons = ['logout', 'revoked', 'expired', 'idle-timeout'] as const
      for (const [index, reason] of reasons.entries()) {
        const id = records[index]?.id
        assert.ok(id)
        const ended = { at: hoursAfterNoon(index), reason, by: 'system', request: null }
        await sessions.invalidate({ kind: 'session', id, userId: null }, ended)
      }
      const window = windowAt(hoursAfterNoon(4))
      const before = [await statistics.forUser('ada', window), await statistics.totals()]
      assert.equal(await sessions.forget(hoursAfterNoon(2), 10), 2)
      assert.deepEqual([await statistics.forUser('ada', window), await statistics.totals()], before)
      assert.equal(await sessions.forget(hoursAfterNoon(4), 1), 1)
      assert.equal(await sessions.forget(hoursAfterNoon(4), 10), 1)
      assert.deepEqual([await statistics.forUser('ada', window), await statistics.totals()], before)
    },
  ],
  [
    'the claim of a forgotten session goes with it, so that its key makes a new session',
    async ({ sessions }) => {
      const first = sampleSession('ada')
      await sessions.insert(first, claiming('key', 'request'))
      await sessions.invalidate({ kind: 'session', id: first.id, userId: null }, revokedAt(noon))
      await sessions.forget(hoursAfterNoon(1), 10)
      const outcome = await sessions.insert(sampleSession('ada'), claiming('key', 'request'))
      assert.equal(outcome.kind, 'inserted')
    },
  ],
]
