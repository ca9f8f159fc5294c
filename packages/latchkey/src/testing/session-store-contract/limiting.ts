import assert from 'node:assert/strict'
import type { SessionRecord } from '../../model/session.ts'
import type { SessionLimit } from '../../ports/session-store.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  claiming,
  hoursAfterNoon,
  limitedTo,
  neighbourOf,
  noon,
  onDevice,
  plainly,
  queryAt,
  replacing,
  sampleDevice,
  sampleSession,
  sessionOn,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

/** A session of that hour, last used at that one. */
function ofHour(hour: number, usedAt: number | null = null): SessionRecord {
  const lastAccessedAt = usedAt === null ? null : hoursAfterNoon(usedAt)
  return sampleSession('ada', { createdAt: hoursAfterNoon(hour), lastAccessedAt })
}

async function insertAll({ sessions }: Storage, records: readonly SessionRecord[]): Promise<void> {
  for (const record of records) await sessions.insert(record, plainly)
}

async function liveIds({ sessions }: Storage, userId = 'ada'): Promise<readonly string[]> {
  const page = await sessions.list(queryAt(noon, { userId, state: 'live' }), { cursor: null, limit: 100 })
  return page.items.map(({ id }) => id).sort()
}

function idsOf(records: readonly { readonly id: string }[]): readonly string[] {
  return records.map(({ id }) => id).sort()
}

export const limiting: readonly StorageCase[] = [
  [
    'at a limit that rejects, one more session is refused and nothing is changed; below it, it is added',
    async (storage) => {
      const { sessions, devices, events } = storage
      const first = sampleSession('ada')
      assert.equal((await sessions.insert(first, limitedTo(2, 'reject'))).kind, 'inserted')
      const second = sampleSession('ada')
      assert.equal((await sessions.insert(second, limitedTo(2, 'reject'))).kind, 'inserted')
      const position = await events.latest()
      const device = sampleDevice('ada')
      const plan = { ...onDevice(device), ...claimed(), limit: limitedTo(2, 'reject').limit }
      const refused = sessionOn(device)
      assert.deepEqual(await sessions.insert(refused, plan), { kind: 'limit-reached' })
      assert.equal(await sessions.find(refused.id), null)
      assert.equal(await devices.find(device.id), null)
      assert.equal(await events.latest(), position)
      assert.equal((await storage.statistics.totals()).created, 2)
      assert.equal((await sessions.insert(sessionOn(device), { ...plan, limit: null })).kind, 'inserted')
    },
  ],
  [
    'where the oldest end, those created first do, as many as it takes, with the reason, by the actor of the new one',
    async (storage) => {
      const { sessions, events, statistics } = storage
      const [one, two, three] = [ofHour(-3, 0), ofHour(-2), ofHour(-1)]
      await insertAll(storage, [three, one, two])
      const position = await events.latest()
      const next = ofHour(0)
      const outcome = await sessions.insert(next, { ...limitedTo(2, 'end-oldest'), request: 'req-1' })
      assert.ok(outcome.kind === 'inserted')
      assert.deepEqual(idsOf(outcome.replaced), idsOf([one, two]))
      assert.deepEqual(await liveIds(storage), idsOf([three, next]))
      for (const { id } of [one, two]) {
        const found = await sessions.find(id)
        assert.deepEqual(
          [found?.invalidatedAt, found?.endReason, found?.endedBy],
          [next.createdAt, 'session-limit', plainly.actor],
        )
      }
      const told = (await events.read(position, 10)).map(({ type, reason, request }) => [
        type,
        reason,
        request,
      ])
      assert.deepEqual(told, [
        ['session.created', null, 'req-1'],
        ['session.ended', 'session-limit', 'req-1'],
        ['session.ended', 'session-limit', 'req-1'],
      ])
      const { active, ended } = await statistics.totals()
      assert.deepEqual([active, ended['session-limit'], await statistics.recountActive()], [2, 2, 2])
    },
  ],
  [
    'where the least recent end, those used longest ago do, one that was never used counting from its creation',
    async (storage) => {
      const [old, unused, recent] = [ofHour(-9, -1), ofHour(-5), ofHour(-8, -6)]
      await insertAll(storage, [old, unused, recent])
      const next = ofHour(0)
      const outcome = await storage.sessions.insert(next, limitedTo(3, 'end-least-recent'))
      assert.deepEqual(outcome, { kind: 'inserted', replaced: [{ id: recent.id, userId: 'ada' }] })
      const another = ofHour(0)
      await storage.sessions.insert(another, limitedTo(3, 'end-least-recent'))
      assert.deepEqual(await liveIds(storage), idsOf([old, next, another]))
    },
  ],
  [
    'a limit counts the live sessions of that user only, by its bounds',
    async (storage) => {
      const { sessions } = storage
      const ended = sampleSession('ada')
      const others = [
        sampleSession('ada', { expiresAt: noon }),
        sampleSession('ada', { createdAt: hoursAfterNoon(-24 * 8) }),
        sampleSession(neighbourOf('ada')),
        ended,
      ]
      await insertAll(storage, others)
      await sessions.insert(sampleSession('ada'), {
        ...replacing(ended),
        ...limitedTo(2, 'reject'),
        replaces: ended.id,
      })
      const live = await liveIds(storage)
      assert.equal(live.length, 1)
      assert.equal((await sessions.insert(sampleSession('ada'), limitedTo(2, 'reject'))).kind, 'inserted')
      const without = limitedTo(2, 'reject', boundsAt(noon, undefined, null))
      assert.equal((await sessions.insert(sampleSession('ada'), without)).kind, 'limit-reached')
      const outcome = await sessions.insert(sampleSession('ada'), limitedTo(1, 'end-oldest'))
      assert.equal(outcome.kind === 'inserted' && outcome.replaced.length, 2)
      assert.equal((await liveIds(storage, neighbourOf('ada'))).length, 1)
    },
  ],
  [
    'what gives way anyhow is not counted, so that a new session on its device or in its place fits in',
    async (storage) => {
      const { sessions } = storage
      const device = sampleDevice('ada')
      const [onIt, plain] = [sessionOn(device), sampleSession('ada')]
      await sessions.insert(onIt, onDevice(device))
      await sessions.insert(plain, plainly)
      const { limit } = limitedTo(2, 'reject')
      const again = sessionOn(device)
      const outcome = await sessions.insert(again, { ...onDevice(device), limit })
      assert.deepEqual(outcome, { kind: 'inserted', replaced: [{ id: onIt.id, userId: 'ada' }] })
      const next = sampleSession('ada')
      assert.equal((await sessions.insert(next, { ...replacing(plain), limit })).kind, 'inserted')
      assert.equal((await sessions.find(plain.id))?.endReason, 'replaced')
      const kept = { ...onDevice(device, 'keep-earlier'), limit }
      assert.equal((await sessions.insert(sessionOn(device), kept)).kind, 'limit-reached')
      assert.deepEqual(await liveIds(storage), idsOf([again, next]))
    },
  ],
  [
    'a repetition with its key is no session more, whatever the limit',
    async (storage) => {
      const plan = { ...limitedTo(1, 'reject'), ...claimed() }
      const first = sampleSession('ada')
      await storage.sessions.insert(first, plan)
      const repeated = await storage.sessions.insert(sampleSession('ada'), plan)
      assert.equal(repeated.kind === 'repeated' && repeated.record.id, first.id)
    },
  ],
  ...(['reject', 'end-oldest', 'end-least-recent'] as const).map(
    (atLimit): StorageCase => [
      `of twenty concurrent sign-ins of one user never more stay than the limit allows: ${atLimit}`,
      (storage) => raceToLimit(storage, atLimit),
    ],
  ),
]

async function raceToLimit(storage: Storage, atLimit: SessionLimit['atLimit']): Promise<void> {
  const { sessions, statistics } = storage
  await insertAll(storage, [ofHour(-2)])
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      const device = sampleDevice('ada')
      const ways = [
        limitedTo(3, atLimit),
        { ...limitedTo(3, atLimit), device: onDevice(device).device },
        { ...limitedTo(3, atLimit), idempotency: claiming(`${index}`, 'request').idempotency },
      ]
      const record = index % 3 === 1 ? sessionOn(device) : sampleSession('ada')
      return sessions.insert(record, ways[index % 3] ?? plainly)
    }),
  )
  assert.equal((await liveIds(storage)).length, 3)
  const inserted = outcomes.flatMap((outcome) => (outcome.kind === 'inserted' ? [outcome] : []))
  assert.equal(inserted.length, atLimit === 'reject' ? 2 : 20)
  const ended = inserted.flatMap(({ replaced }) => replaced)
  assert.equal(new Set(ended.map(({ id }) => id)).size, atLimit === 'reject' ? 0 : 18)
  assert.equal(ended.length, atLimit === 'reject' ? 0 : 18)
  assert.equal((await statistics.totals()).active, 3)
  assert.equal(await statistics.recountActive(), 3)
}

function claimed(): { readonly idempotency: ReturnType<typeof claiming>['idempotency'] } {
  return { idempotency: claiming('key', 'request').idempotency }
}
