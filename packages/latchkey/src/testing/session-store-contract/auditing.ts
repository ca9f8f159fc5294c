import assert from 'node:assert/strict'
import { newDeviceId } from '../../model/device.ts'
import {
  type EventFilter,
  type NewSessionEvent,
  plainEvent,
  type SessionEvent,
} from '../../model/session-event.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { EventLog } from '../../ports/event-log.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  changedAt,
  digestOf,
  everyEvent,
  hoursAfterNoon,
  noon,
  plainly,
  revokedAt,
  sampleSession,
  sampleSighting,
  unplaced,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

function refusal(hour: number, changes: Partial<NewSessionEvent> = {}): NewSessionEvent {
  return plainEvent({ type: 'request.refused', at: hoursAfterNoon(hour), actor: 'system', ...changes })
}

/** Turns all pages. */
async function listAll(events: EventLog, filter: EventFilter, limit: number): Promise<SessionEvent[]> {
  const items: SessionEvent[] = []
  let cursor: string | null = null
  do {
    const page = await events.list(filter, { cursor, limit })
    assert.ok(page.items.length <= limit)
    items.push(...page.items)
    assert.ok(items.length < 1_000, 'the pages come to an end')
    cursor = page.next
  } while (cursor !== null)
  return items
}

/** By and about several, in no order of time. */
async function fill({ sessions, events }: Storage): Promise<readonly [SessionId, SessionId]> {
  const [one, two] = [sampleSession('ada'), sampleSession('bob', { createdAt: hoursAfterNoon(1) })]
  await sessions.insert(one, plainly)
  await sessions.insert(two, plainly)
  await events.append([
    refusal(5, { userId: 'ada', actor: 'user:ada', sessionId: one.id }),
    refusal(3, { userId: 'bob', actor: 'user:bob' }),
    refusal(4),
    refusal(2, { type: 'sign-in.failed', userId: 'ada', actor: 'admin:ada', request: 'req-1' }),
    refusal(5, { request: 'blk_1', userId: 'bob', actor: 'admin:ada' }),
  ])
  await sessions.invalidate(
    { kind: 'user', userId: 'ada', except: null },
    {
      ...revokedAt(hoursAfterNoon(6)),
      request: 'blk_1',
    },
  )
  await sessions.invalidate(
    { kind: 'user', userId: 'bob', except: null },
    {
      ...revokedAt(hoursAfterNoon(6)),
      by: 'system',
    },
  )
  await events.append([refusal(6, { actor: 'user:' })])
  return [one.id, two.id]
}

/** One of them at a time, with each of the narrower ones. */
const conditions: readonly Partial<EventFilter>[] = [
  {},
  { userId: 'ada' },
  { userId: 'ad' },
  { userId: '' },
  { sessionId: sampleSession('ada').id },
  { actor: 'system' },
  { actor: 'user:ada' },
  { actor: 'user:bob' },
  { actor: 'admin:ada' },
  { actor: 'admin:root' },
  { actor: 'user:' },
  { actor: 'user:nobody' },
  { request: 'req-1' },
  { request: 'blk_1' },
  { request: 'blk_' },
  { types: ['session.created'] },
  { types: ['session.ended', 'sign-in.failed'] },
  { types: ['event.erased'] },
  { from: hoursAfterNoon(3) },
  { until: hoursAfterNoon(3) },
  { from: hoursAfterNoon(1), until: hoursAfterNoon(5) },
  { from: hoursAfterNoon(7) },
  { until: noon },
  { from: hoursAfterNoon(5), until: hoursAfterNoon(1) },
]

const narrower: readonly Partial<EventFilter>[] = [
  {},
  { userId: 'ada' },
  { actor: 'user:ada' },
  { actor: 'system' },
  { request: 'blk_1' },
  { types: ['session.ended', 'request.refused'] },
  { from: hoursAfterNoon(2) },
  { until: hoursAfterNoon(6) },
  {
    userId: 'ada',
    actor: 'user:ada',
    types: ['request.refused'],
    from: noon,
    until: hoursAfterNoon(6),
  },
]

export const auditing: readonly StorageCase[] = [
  [
    'events are added with everything that they say, in their order, behind all others',
    async ({ sessions, events }) => {
      await sessions.insert(sampleSession('ada'), plainly)
      const position = await events.latest()
      const full: NewSessionEvent = {
        type: 'request.refused',
        at: hoursAfterNoon(1),
        sessionId: sampleSession('ada').id,
        deviceId: newDeviceId('ada'),
        userId: 'é\u{1f511}"\'; --',
        actor: 'admin:root',
        request: 'req-1',
        before: { a: [1, null, true], 'x"y': { b: 'é' } },
        after: { kind: 'cross-site', b: 1, a: 2 },
        reason: 'token-reuse',
        device: { type: 'mobile', browser: 'Fox "1"', os: 'é' },
        facts: { sighting: sampleSighting(), before: sampleSighting({ place: null }), ended: null },
      }
      await events.append([full, refusal(0)])
      await events.append([])
      const told = await events.read(position, 10)
      assert.deepEqual(told.map(unplaced), [full, refusal(0)])
      assert.deepEqual(
        told.map(({ digest }) => digest),
        [null, null],
      )
      assert.equal(await events.latest(), told.at(-1)?.position)
    },
  ],
  [
    'concurrent appends lose nothing, and each keeps its own in order',
    async ({ events }) => {
      const batches = Array.from({ length: 20 }, (_, index) =>
        ['a', 'b'].map((name) => refusal(index, { request: `${index}${name}` })),
      )
      await Promise.all(batches.map((batch) => events.append(batch)))
      const told = (await events.read(0, 100)).map(({ request }) => request)
      assert.equal(new Set(told).size, 40)
      for (const index of batches.keys()) assert.ok(told.indexOf(`${index}a`) < told.indexOf(`${index}b`))
    },
  ],
  [
    'an append wakes those who follow the log',
    async ({ events, liveFeed }) => {
      let wakes = 0
      const leave = liveFeed.subscribe(() => {
        wakes += 1
      })
      await events.append([refusal(0)])
      assert.ok(wakes > 0)
      leave()
    },
  ],
  [
    'each condition narrows the list of events, all of them together, newest first by place whatever the pages',
    async (storage) => {
      const { events } = storage
      const [ofAda, ofBob] = await fill(storage)
      const all = await events.read(0, 100)
      const ofOne = [ofAda, ofBob].map((sessionId) => ({ sessionId }))
      for (const one of [...conditions, ...ofOne]) {
        for (const other of narrower) {
          const filter = everyEvent({ ...other, ...one })
          const expected = all.filter((event) => matches(event, filter)).toReversed()
          for (const limit of [1, 3, 100]) assert.deepEqual(await listAll(events, filter, limit), expected)
        }
      }
    },
  ],
  [
    'events that are added while one turns the pages neither repeat nor hide others',
    async (storage) => {
      const { events } = storage
      await events.append([1, 2, 3, 4].map((hour) => refusal(hour)))
      const first = await events.list(everyEvent(), { cursor: null, limit: 2 })
      await events.append([5, 6].map((hour) => refusal(hour)))
      const second = await events.list(everyEvent(), { cursor: first.next, limit: 2 })
      assert.deepEqual(
        [...first.items, ...second.items].map(({ at }) => at),
        [4, 3, 2, 1].map(hoursAfterNoon),
      )
      assert.equal(second.next, null)
    },
  ],
  [
    'a cursor that no page of events came with is refused',
    async ({ events }) => {
      await events.append([refusal(0), refusal(0)])
      for (const cursor of [
        '',
        'abc',
        '-1',
        '1e3',
        '1.5',
        ' 1',
        '0x1',
        `${noon}.ses_${'a'.repeat(24)}`,
        '9'.repeat(30),
      ]) {
        const asked = events.list(everyEvent(), { cursor, limit: 1 })
        await assert.rejects(asked, { code: 'invalid-argument', field: 'cursor' })
      }
    },
  ],
  [
    'an event that was erased is listed by its type and instant, and by nobody that it named',
    async ({ sessions, events }) => {
      await sessions.insert(sampleSession('ada'), plainly)
      await sessions.forgetUser('ada', changedAt(noon, { by: 'system' }), digestOf)
      const erased = await events.list(everyEvent({ types: ['event.erased'] }), { cursor: null, limit: 9 })
      assert.equal(erased.items.length, 1)
      assert.equal(erased.items[0]?.digest?.byteLength, 32)
      for (const filter of [{ userId: 'ada' }, { actor: 'user:ada' }]) {
        assert.deepEqual(await listAll(events, everyEvent(filter), 9), [])
      }
    },
  ],
]

function matches(event: SessionEvent, filter: EventFilter): boolean {
  return (
    (filter.userId === null || event.userId === filter.userId) &&
    (filter.sessionId === null || event.sessionId === filter.sessionId) &&
    (filter.actor === null || event.actor === filter.actor) &&
    (filter.request === null || event.request === filter.request) &&
    (filter.types.length === 0 || filter.types.includes(event.type)) &&
    (filter.from === null || event.at >= filter.from) &&
    (filter.until === null || event.at < filter.until)
  )
}
