import assert from 'node:assert/strict'
import { after, minutes } from '../../foundation/time.ts'
import type { Storage } from '../../ports/storage.ts'
import { alertEvent, sampleBulkEnding } from './sample-alert.ts'
import {
  hoursAfterNoon,
  noon,
  plainly,
  revokedAt,
  sampleSession,
  toldOfEnded,
  unplaced,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

export const endingInBulk: readonly StorageCase[] = [
  [
    'sessions of several users end in one step, each once, under their own users only',
    async ({ sessions, events, statistics }) => {
      const records = ['ada', 'ada', 'bob', 'eve'].map((user) => sampleSession(user))
      const kept = sampleSession('ada')
      for (const record of [...records, kept]) await sessions.insert(record, plainly)
      const [first, , third, fourth] = records
      assert.ok(first && third && fourth)
      await sessions.invalidate({ kind: 'session', id: first.id, userId: null }, revokedAt(noon))
      const position = await events.latest()
      const selected = [
        ...records.slice(0, 3).map(({ id, userId }) => ({ id, userId })),
        { id: fourth.id, userId: 'somebody else' },
        { id: sampleSession('ada').id, userId: 'ada' },
      ]
      const ending = { ...revokedAt(hoursAfterNoon(1)), request: 'blk_1' }
      const ended = await sessions.invalidate({ kind: 'sessions', sessions: selected }, ending)
      assert.deepEqual(
        [...ended].sort((a, b) => (a.userId < b.userId ? -1 : 1)),
        selected.slice(1, 3),
      )
      assert.equal((await sessions.find(kept.id))?.invalidatedAt, null)
      assert.equal((await sessions.find(fourth.id))?.invalidatedAt, null)
      const told = await events.read(position, 10)
      assert.deepEqual(
        told.map(({ type, request, reason }) => [type, request, reason]),
        [1, 2].map(() => ['session.ended', 'blk_1', 'revoked']),
      )
      const event = told.find(({ userId }) => userId === 'bob')
      assert.deepEqual({ device: event?.device, facts: event?.facts }, toldOfEnded(third, 3_600_000))
      assert.deepEqual(await sessions.invalidate({ kind: 'sessions', sessions: [] }, ending), [])
      assert.equal((await statistics.totals()).active, 2)
    },
  ],
  [
    'a thousand sessions end in one step',
    async ({ sessions, statistics }) => {
      const records = Array.from({ length: 1_000 }, (_, index) => sampleSession(`user ${index % 300}`))
      await Promise.all(records.map((record) => sessions.insert(record, plainly)))
      const selected = records.map(({ id, userId }) => ({ id, userId }))
      const ended = await sessions.invalidate({ kind: 'sessions', sessions: selected }, revokedAt(noon))
      assert.equal(ended.length, 1_000)
      assert.equal((await statistics.totals()).active, 0)
    },
  ],
  [
    'a bulk ending is added, found and replaced by the version before, with its events',
    async ({ bulkEndings, events }) => {
      const job = sampleBulkEnding()
      assert.equal(await bulkEndings.find(job.id), null)
      await bulkEndings.add(job, [alertEvent('bulk-ending.started')])
      assert.deepEqual(await bulkEndings.find(job.id), job)
      const said = { ended: 7, state: 'done', finishedAt: hoursAfterNoon(1) } as const
      const next = { ...job, ...said, version: 2 }
      assert.equal(await bulkEndings.replace({ ...next, version: 3 }, [alertEvent()]), false)
      assert.equal(await bulkEndings.replace(next, [alertEvent('bulk-ending.finished')]), true)
      assert.equal(await bulkEndings.replace(next, [alertEvent()]), false)
      assert.equal(await bulkEndings.replace({ ...sampleBulkEnding(), version: 2 }, []), false)
      assert.deepEqual(await bulkEndings.find(job.id), next)
      assert.deepEqual(
        (await events.read(0, 10)).map(unplaced).map(({ type }) => type),
        ['bulk-ending.started', 'bulk-ending.finished'],
      )
    },
  ],
  [
    'bulk endings are listed newest first, and those that are running oldest first',
    async ({ bulkEndings }) => {
      const [one, two, three] = [
        sampleBulkEnding({ except: sampleSession('ada').id, note: 'é "1"' }),
        sampleBulkEnding({ createdAt: hoursAfterNoon(1), state: 'cancelled', finishedAt: hoursAfterNoon(2) }),
        sampleBulkEnding({ createdAt: hoursAfterNoon(2), by: 'service:s1' }),
      ]
      for (const job of [two, three, one]) await bulkEndings.add(job, [])
      assert.deepEqual(await bulkEndings.list(10), [three, two, one])
      assert.deepEqual(await bulkEndings.list(2), [three, two])
      assert.deepEqual(await bulkEndings.running(), [one, three])
    },
  ],
  [
    'bulk endings are forgotten once they have finished before an instant, at most so many',
    async ({ bulkEndings }) => {
      for (const hour of [1, 2, 3, 4]) {
        const state = hour === 2 ? 'cancelled' : 'done'
        await bulkEndings.add(sampleBulkEnding({ state, finishedAt: hoursAfterNoon(hour) }), [])
      }
      await bulkEndings.add(sampleBulkEnding(), [])
      const counted = [10, 2].map((most) => bulkEndings.countBefore(hoursAfterNoon(4), most))
      assert.deepEqual(await Promise.all(counted), [3, 2])
      assert.equal(await bulkEndings.forget(hoursAfterNoon(4), 2), 2)
      assert.equal(await bulkEndings.forget(hoursAfterNoon(4), 2), 1)
      assert.equal(await bulkEndings.forget(hoursAfterNoon(4), 2), 0)
      assert.deepEqual(
        new Set((await bulkEndings.list(10)).map(({ finishedAt }) => finishedAt)),
        new Set([hoursAfterNoon(4), null]),
      )
    },
  ],
  [
    'work is claimed by one, who may go on with it, until it is over or let go of',
    async ({ workClaims }) => {
      const [later, latest] = [hoursAfterNoon(1), hoursAfterNoon(2)]
      assert.equal(await workClaims.claim('reports', 'a', noon, later), true)
      assert.equal(await workClaims.claim('reports', 'b', noon, later), false)
      assert.equal(await workClaims.claim('other', 'b', noon, later), true)
      assert.equal(await workClaims.claim('reports', 'a', noon, latest), true)
      assert.equal(await workClaims.claim('reports', 'b', later, latest), false)
      assert.equal(await workClaims.claim('reports', 'b', latest, hoursAfterNoon(3)), true)
      assert.equal(await workClaims.claim('reports', 'a', latest, hoursAfterNoon(3)), false)
      await workClaims.release('reports', 'a')
      assert.equal(await workClaims.claim('reports', 'a', latest, hoursAfterNoon(3)), false)
      await workClaims.release('reports', 'b')
      assert.equal(await workClaims.claim('reports', 'a', noon, later), true)
    },
  ],
  [
    'work that somebody holds whose clock is hours ahead is claimed all the same, and one of a minute is held',
    async ({ workClaims }) => {
      const [until, minute] = [hoursAfterNoon(1), minutes(1)]
      assert.equal(await workClaims.claim('reports', 'ahead', hoursAfterNoon(2), hoursAfterNoon(3)), true)
      assert.equal(await workClaims.claim('reports', 'a', noon, until), true)
      assert.equal(await workClaims.claim('reports', 'b', noon, until), false)
      assert.equal(await workClaims.claim('other', 'ahead', after(noon, minute), after(until, minute)), true)
      assert.equal(await workClaims.claim('other', 'a', noon, until), false)
    },
  ],
  [
    'of twenty who claim one work at once exactly one has it',
    async ({ workClaims }) => {
      const claimed = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          workClaims.claim('reports', `${index}`, noon, hoursAfterNoon(1)),
        ),
      )
      assert.equal(claimed.filter(Boolean).length, 1)
    },
  ],
]
