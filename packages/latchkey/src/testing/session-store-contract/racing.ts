import assert from 'node:assert/strict'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  claiming,
  hoursAfterNoon,
  noon,
  plainly,
  queryAt,
  renewedAt,
  replacing,
  revokedAt,
  sampleSession,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

function twenty<Result>(call: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: 20 }, (_, index) => call(index)))
}

export const racing: readonly StorageCase[] = [
  [
    'of twenty concurrent replaces of one version exactly one wins',
    async ({ sessions, events }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      const won = await twenty((index) =>
        sessions.replace({ ...record, version: 2, amr: [`way-${index}`] }, renewedAt(noon)),
      )
      assert.equal(won.filter(Boolean).length, 1)
      assert.deepEqual((await sessions.find(record.id))?.amr, [`way-${won.indexOf(true)}`])
      assert.equal((await events.read(0, 100)).length, 2)
    },
  ],
  [
    'of twenty concurrent inserts with one key one makes the session and the others get it',
    async ({ sessions }) => {
      const outcomes = await twenty(() => sessions.insert(sampleSession('ada'), claiming('key', 'request')))
      assert.equal(outcomes.filter((outcome) => outcome.kind === 'inserted').length, 1)
      assert.equal(outcomes.filter((outcome) => outcome.kind === 'repeated').length, 19)
      assert.equal(await sessions.count(queryAt(noon)), 1)
    },
  ],
  [
    'of twenty concurrent endings exactly one reports it',
    async ({ sessions, events }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      const reports = await twenty((index) =>
        index % 2 === 0
          ? sessions.invalidate({ kind: 'session', id: record.id, userId: null }, revokedAt(noon))
          : sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon)),
      )
      assert.equal(reports.flat().length, 1)
      assert.equal((await events.read(0, 100)).filter((event) => event.type === 'session.ended').length, 1)
    },
  ],
  [
    'of twenty concurrent sessions that replace one, exactly one ends it',
    async ({ sessions, statistics }) => {
      const old = sampleSession('ada')
      await sessions.insert(old, plainly)
      const outcomes = await twenty(() => sessions.insert(sampleSession('ada'), replacing(old)))
      const replaced = outcomes.flatMap((outcome) => (outcome.kind === 'inserted' ? outcome.replaced : []))
      assert.equal(replaced.length, 1)
      assert.equal((await statistics.totals()).active, 20)
    },
  ],
  [
    'a session that ends amid touches and replaces stays ended',
    async ({ sessions }) => {
      const records = Array.from({ length: 20 }, () => sampleSession('ada'))
      for (const record of records) await sessions.insert(record, plainly)
      await Promise.all(
        records.flatMap((record) => [
          sessions.touch([{ id: record.id, at: hoursAfterNoon(1) }]),
          sessions.replace({ ...record, version: 2 }, renewedAt(noon)),
          sessions.invalidate({ kind: 'session', id: record.id, userId: 'ada' }, revokedAt(noon)),
          sessions.replace({ ...record, version: 3 }, renewedAt(noon)),
          sessions.touch([{ id: record.id, at: hoursAfterNoon(2) }]),
        ]),
      )
      for (const record of records) {
        const found = await sessions.find(record.id)
        assert.ok(found)
        assert.equal(found.invalidatedAt, noon)
        await sessions.touch([{ id: record.id, at: hoursAfterNoon(3) }])
        const next = {
          ...found,
          version: found.version + 1,
          invalidatedAt: null,
          endReason: null,
          endedBy: null,
        }
        assert.equal(await sessions.replace(next, renewedAt(noon)), false)
        assert.deepEqual(await sessions.find(record.id), found)
      }
    },
  ],
  [
    'concurrent cleanups end each session once',
    async ({ sessions, statistics }) => {
      for (let index = 0; index < 20; index += 1) {
        await sessions.insert(sampleSession('ada', { expiresAt: noon }), plainly)
      }
      const ended = (await twenty(() => sessions.cleanup(boundsAt(noon), noon, 3))).flat()
      assert.equal(ended.length, 20)
      assert.equal(new Set(ended.map((ref) => ref.id)).size, 20)
      assert.equal((await statistics.totals()).ended.expired, 20)
    },
  ],
  [
    'of concurrent calls one that fails does not take the others with it',
    async ({ sessions, statistics }) => {
      const taken = sampleSession('ada')
      await sessions.insert(taken, plainly)
      const outcomes = await Promise.allSettled([
        sessions.insert(sampleSession('ada'), plainly),
        sessions.insert({ ...taken, userAgent: null }, replacing(taken)),
        sessions.insert(sampleSession('ada'), plainly),
      ])
      assert.deepEqual(
        outcomes.map((outcome) => outcome.status),
        ['fulfilled', 'rejected', 'fulfilled'],
      )
      assert.equal((await statistics.totals()).created, 3)
      assert.equal(await statistics.recountActive(), 3)
    },
  ],
]
