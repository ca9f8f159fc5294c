import assert from 'node:assert/strict'
import { hours } from '../../foundation/time.ts'
import type { EventLog } from '../../ports/event-log.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  hoursAfterNoon,
  noon,
  plainly,
  renewedAt,
  replacing,
  revokedAt,
  sampleSession,
  saysNothing,
  toldOfEnded,
  unplaced,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

export const telling: readonly StorageCase[] = [
  [
    'every change writes its event, with what, when, whose, by whom, why and on what',
    async ({ sessions, events }) => {
      const old = sampleSession('ada')
      const next = sampleSession('ada', { createdAt: hoursAfterNoon(1) })
      await sessions.insert(old, { ...plainly, request: 'req-1' })
      await sessions.insert(next, { ...replacing(old), request: 'req-1' })
      await sessions.replace({ ...next, version: 2 }, { ...renewedAt(hoursAfterNoon(2)), request: 'req-1' })
      await sessions.cleanup(boundsAt(hoursAfterNoon(24 * 60)), hoursAfterNoon(24 * 60), 10)
      const device = { type: 'desktop', browser: 'Firefox', os: 'Linux' }
      const common = { ...saysNothing, userId: 'ada', actor: plainly.actor, request: 'req-1' }
      const told = (await events.read(0, 10)).map(unplaced)
      assert.deepEqual(told, [
        { ...common, type: 'session.created', at: noon, sessionId: old.id, device },
        { ...common, type: 'session.created', at: hoursAfterNoon(1), sessionId: next.id, device },
        {
          ...common,
          ...toldOfEnded(old, hours(1)),
          type: 'session.ended',
          at: hoursAfterNoon(1),
          sessionId: old.id,
          reason: 'replaced',
        },
        {
          ...common,
          type: 'session.renewed',
          at: hoursAfterNoon(2),
          sessionId: next.id,
          after: { cause: 'reauthentication' },
        },
        {
          ...common,
          ...toldOfEnded(next, 0),
          type: 'session.ended',
          at: hoursAfterNoon(24 * 60),
          sessionId: next.id,
          actor: 'system',
          request: null,
          reason: 'expired',
        },
      ])
    },
  ],
  [
    'the log is read on from a position, oldest first, at most so many',
    async ({ sessions, events }) => {
      assert.equal(await events.latest(), 0)
      assert.deepEqual(await events.read(0, 10), [])
      for (const user of ['1', '2', '3', '4', '5']) await sessions.insert(sampleSession(user), plainly)
      const first = await events.read(0, 2)
      const rest = await events.read(first.at(-1)?.position ?? 0, 10)
      assert.deepEqual(
        [...first, ...rest].map((event) => event.userId),
        ['1', '2', '3', '4', '5'],
      )
      const positions = [...first, ...rest].map((event) => event.position)
      assert.deepEqual(
        positions,
        [...new Set(positions)].sort((a, b) => a - b),
      )
      assert.equal(await events.latest(), positions.at(-1))
      assert.deepEqual(await events.read(positions.at(-1) ?? 0, 10), [])
    },
  ],
  [
    'events up to a position are forgotten, the first ones, at most so many, and positions are never used again',
    async ({ sessions, events }) => {
      for (const hour of [0, 1, 2]) {
        await sessions.insert(sampleSession('ada', { createdAt: hoursAfterNoon(hour) }), plainly)
      }
      const [first, second, third] = (await events.read(0, 10)).map(({ position }) => position)
      const newest = await events.latest()
      assert.ok(first && second && third)
      assert.equal(await events.forget(first - 1, 10), 0)
      assert.equal(await events.forget(second, 1), 1)
      assert.deepEqual(await positionsIn(events), [second, third])
      assert.equal(await events.forget(second, 10), 1)
      assert.deepEqual(await positionsIn(events), [third])
      assert.equal(await events.forget(newest + 10, 10), 1)
      assert.equal(await events.forget(newest + 10, 10), 0)
      await sessions.insert(sampleSession('ada'), plainly)
      assert.ok((await events.latest()) > newest)
    },
  ],
  [
    'a subscriber is woken after each change, once it can be read, until it leaves',
    async ({ sessions, events, liveFeed }) => {
      let wakes = 0
      const leave = liveFeed.subscribe(() => {
        wakes += 1
      })
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      const afterInsert = wakes
      assert.ok(afterInsert > 0)
      await sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon))
      assert.ok(wakes > afterInsert)
      leave()
      leave()
      const atLeaving = wakes
      await sessions.insert(sampleSession('ada'), plainly)
      assert.equal(wakes, atLeaving)
      assert.equal((await events.read(0, 10)).length, 3)
    },
  ],
]

async function positionsIn(events: EventLog): Promise<readonly number[]> {
  return (await events.read(0, 100)).map(({ position }) => position)
}
