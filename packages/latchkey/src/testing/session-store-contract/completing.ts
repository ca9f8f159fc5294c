import assert from 'node:assert/strict'
import { minutes } from '../../foundation/time.ts'
import type { CutOffScope } from '../../model/cut-off.ts'
import type { DeviceRecord } from '../../model/device.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { InsertOutcome, InsertPlan } from '../../ports/session-store.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  changedAt,
  completing as completes,
  cutOffAt,
  hoursAfterNoon,
  limitedTo,
  neighbourOf,
  noon,
  onDevice,
  plainly,
  queryAt,
  revokedAt,
  sampleDevice,
  sampleSession,
  sessionOn,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

function pendingOf(userId: string, changes: Partial<SessionRecord> = {}): SessionRecord {
  return sampleSession(userId, { stage: 'pending', createdAt: hoursAfterNoon(-1), ...changes })
}

function pendingOn(device: DeviceRecord): SessionRecord {
  return pendingOf(device.userId, { deviceId: device.id })
}

async function liveIds({ sessions }: Storage, userId = 'ada'): Promise<readonly string[]> {
  const query = queryAt(noon, { userId, state: 'live' })
  return idsOf((await sessions.list(query, { cursor: null, limit: 100 })).items)
}

function idsOf(records: readonly { readonly id: string }[]): readonly string[] {
  return records.map(({ id }) => id).sort()
}

function replacedBy(outcome: InsertOutcome): readonly string[] {
  assert.ok(outcome.kind === 'inserted', outcome.kind)
  return idsOf(outcome.replaced)
}

function kindsOf(outcomes: readonly InsertOutcome[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { kind } of outcomes) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

const atLimits = ['reject', 'end-oldest', 'end-least-recent'] as const

export const completing: readonly StorageCase[] = [
  ...atLimits.map(
    (atLimit): StorageCase => [
      `pending sessions are neither counted by a limit nor ended for it: ${atLimit}`,
      async (storage) => {
        const { sessions } = storage
        const pending = [-9, -8, -7].map((hour) => pendingOf('ada', { createdAt: hoursAfterNoon(hour) }))
        for (const record of pending) await sessions.insert(record, plainly)
        const [first, second] = [
          sampleSession('ada', { createdAt: hoursAfterNoon(-1), roles: ['admin'] }),
          sampleSession('ada'),
        ]
        assert.deepEqual(replacedBy(await sessions.insert(first, limitedTo(1, atLimit))), [])
        const outcome = await sessions.insert(second, limitedTo(1, atLimit))
        if (atLimit === 'reject') assert.equal(outcome.kind, 'limit-reached')
        else assert.deepEqual(replacedBy(outcome), [first.id])
        assert.deepEqual(await liveIds(storage), idsOf([...pending, atLimit === 'reject' ? first : second]))
      },
    ],
  ),
  [
    'the session that a pending one is to succeed is on record with it',
    async ({ sessions }) => {
      const previous = sampleSession('ada')
      for (const changes of [{}, { stage: 'complete', roles: [] }, { roles: ['admin'] }] as const) {
        const record = pendingOf('ada', { succeeds: previous.id, ...changes })
        await sessions.insert(record, plainly)
        assert.equal((await sessions.find(record.id))?.succeeds, previous.id)
      }
      await sessions.insert(previous, plainly)
      assert.equal((await sessions.find(previous.id))?.succeeds, null)
    },
  ],
  [
    'a completion ends the pending session, as replaced, and tells which it was',
    async (storage) => {
      const { sessions, events, statistics } = storage
      const [pending, other] = [pendingOf('ada'), pendingOf('ada')]
      for (const record of [pending, other]) await sessions.insert(record, plainly)
      const position = await events.latest()
      const complete = sampleSession('ada')
      const plan = { ...completes(pending), actor: 'service:s1', request: 'req-1' }
      assert.deepEqual(replacedBy(await sessions.insert(complete, plan)), [pending.id])
      const found = await sessions.find(pending.id)
      assert.deepEqual(
        [found?.invalidatedAt, found?.endReason, found?.endedBy, found?.stage],
        [complete.createdAt, 'replaced', 'service:s1', 'pending'],
      )
      assert.deepEqual(await liveIds(storage), idsOf([complete, other]))
      const told = await events.read(position, 10)
      assert.deepEqual(
        told.map(({ type, sessionId, reason, request, after }) => [type, sessionId, reason, request, after]),
        [
          ['session.created', complete.id, null, 'req-1', { cause: 'factor', completes: pending.id }],
          ['session.ended', pending.id, 'replaced', 'req-1', null],
        ],
      )
      const { active, created, ended } = await statistics.totals()
      assert.deepEqual([active, created, ended.replaced, await statistics.recountActive()], [2, 3, 1, 2])
    },
  ],
  [
    'a completion ends what it replaces, what is on its device and what is too many, each once',
    async (storage) => {
      const { sessions, devices, statistics } = storage
      const device = sampleDevice('ada')
      const [named, onIt] = [sampleSession('ada'), sessionOn(device)]
      const [oldest, newer] = [-5, -4].map((hour) =>
        sampleSession('ada', { createdAt: hoursAfterNoon(hour) }),
      )
      const pending = pendingOn(device)
      assert.ok(oldest && newer)
      for (const record of [named, oldest, newer]) await sessions.insert(record, plainly)
      await sessions.insert(onIt, onDevice(device))
      await sessions.insert(pending, onDevice(device, 'keep-earlier'))
      assert.equal((await liveIds(storage)).length, 5)
      const seenAt = hoursAfterNoon(3)
      const outcome = await sessions.insert(sessionOn(device), {
        ...completes(pending),
        device: onDevice({ ...device, lastSeenAt: seenAt }).device,
        limit: limitedTo(2, 'end-oldest').limit,
        replaces: named.id,
      })
      assert.deepEqual(replacedBy(outcome), idsOf([named, onIt, pending, oldest]))
      const reasons = [named, onIt, pending, oldest].map(
        async ({ id }) => (await sessions.find(id))?.endReason,
      )
      assert.deepEqual(await Promise.all(reasons), ['replaced', 'replaced', 'replaced', 'session-limit'])
      assert.equal((await devices.find(device.id))?.lastSeenAt, seenAt)
      const { active, ended } = await statistics.totals()
      assert.deepEqual([active, ended.replaced, ended['session-limit']], [2, 3, 1])
    },
  ],
  [
    'what is not pending, not live or not the same user’s cannot be completed, and nothing is changed',
    async (storage) => {
      const { sessions } = storage
      const ended = pendingOf('ada')
      const complete = sampleSession('ada')
      const notThere = [
        pendingOf('ada'),
        ended,
        complete,
        pendingOf('ada', { expiresAt: noon, lifetime: minutes(60) }),
        pendingOf('ada', { idleTimeout: minutes(60) }),
        pendingOf(neighbourOf('ada')),
      ]
      for (const record of notThere.slice(1)) await sessions.insert(record, plainly)
      await sessions.invalidate({ kind: 'session', id: ended.id, userId: null }, revokedAt(noon))
      for (const record of notThere) {
        for (const plan of [completes(record), { ...completes(record), ...limited }]) {
          await expectNothing(storage, plan)
        }
      }
      const late = pendingOf('ada')
      await sessions.insert(late, plainly)
      await expectNothing(storage, completes(late, boundsAt(noon, minutes(60))))
      assert.equal((await sessions.insert(sampleSession('ada'), completes(late))).kind, 'inserted')
      await expectNothing(storage, completes(late))
    },
  ],
  [
    'what a cut-off concerns cannot be completed, although the complete one is younger',
    async (storage) => {
      const { sessions, cutOffs } = storage
      for (const kind of ['device', 'user', 'everybody'] as const) {
        const device = sampleDevice('ada')
        const pending = pendingOn(device)
        await sessions.insert(pending, onDevice(device))
        const scopes = {
          device: { userId: 'ada', deviceId: device.id },
          user: { userId: 'ada' },
          everybody: {},
        }
        const scope = { kind, ...scopes[kind] } as CutOffScope
        await cutOffs.set(cutOffAt(scope, hoursAfterNoon(-1)), changedAt(noon))
        await expectNothing(storage, completes(pending))
        await cutOffs.lift(scope, changedAt(noon))
      }
    },
  ],
  [
    'a completion that a limit rejects changes nothing, and can be made when there is room',
    async (storage) => {
      const { sessions } = storage
      const [pending, other] = [pendingOf('ada'), sampleSession('ada')]
      for (const record of [pending, other]) await sessions.insert(record, plainly)
      const plan = { ...completes(pending), ...limited }
      assert.equal((await sessions.insert(sampleSession('ada'), plan)).kind, 'limit-reached')
      assert.deepEqual(await liveIds(storage), idsOf([pending, other]))
      await sessions.invalidate({ kind: 'session', id: other.id, userId: null }, revokedAt(noon))
      assert.deepEqual(replacedBy(await sessions.insert(sampleSession('ada'), plan)), [pending.id])
    },
  ],
  [
    'of fifty concurrent completions of one session exactly one is made, with and without a limit and a device',
    async (storage) => {
      const { sessions, statistics } = storage
      const device = sampleDevice('ada')
      for (const known of [null, device]) {
        const pending = known === null ? pendingOf('ada') : pendingOn(known)
        await sessions.insert(pending, known === null ? plainly : onDevice(known, 'keep-earlier'))
        const before = await liveIds(storage)
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, (_, index) => {
            const plan = {
              ...completes(pending),
              device: known === null ? null : onDevice(known).device,
              limit: index % 2 === 0 ? null : limitedTo(60, 'end-oldest').limit,
            }
            return sessions.insert(known === null ? sampleSession('ada') : sessionOn(known), plan)
          }),
        )
        assert.deepEqual(kindsOf(outcomes), { inserted: 1, 'not-pending': 49 })
        assert.equal((await liveIds(storage)).length, before.length)
      }
      assert.equal((await statistics.totals()).created, 4)
      assert.equal((await statistics.totals()).active, await statistics.recountActive())
    },
  ],
  [
    'a completion and an ending of the pending session at one moment: one of them has it',
    async (storage) => {
      const { sessions } = storage
      for (let round = 0; round < 10; round += 1) {
        const pending = pendingOf('ada')
        await sessions.insert(pending, plainly)
        const complete = sampleSession('ada')
        const [outcome, ended] = await Promise.all([
          sessions.insert(complete, { ...completes(pending), limit: limitedTo(90, 'reject').limit }),
          sessions.invalidate({ kind: 'session', id: pending.id, userId: 'ada' }, revokedAt(noon)),
        ])
        assert.equal(outcome.kind, ended.length === 0 ? 'inserted' : 'not-pending')
        assert.equal((await sessions.find(complete.id)) === null, ended.length === 1)
      }
    },
  ],
  ...atLimits.map(
    (atLimit): StorageCase => [
      `of twenty concurrent completions of one user never more stay than the limit allows: ${atLimit}`,
      async (storage) => {
        const { sessions, statistics } = storage
        const pending = Array.from({ length: 20 }, () => pendingOf('ada'))
        for (const record of pending) await sessions.insert(record, plainly)
        const outcomes = await Promise.all(
          pending.map((record) =>
            sessions.insert(sampleSession('ada'), {
              ...limitedTo(3, atLimit),
              completes: completes(record).completes,
            }),
          ),
        )
        const made = atLimit === 'reject' ? 3 : 20
        assert.equal(kindsOf(outcomes).inserted, made)
        assert.equal((await liveIds(storage)).length, 3 + 20 - made)
        assert.equal((await statistics.totals()).active, await statistics.recountActive())
      },
    ],
  ),
]

const limited = { limit: limitedTo(1, 'reject').limit }

async function expectNothing(storage: Storage, plan: InsertPlan): Promise<void> {
  const { sessions, devices, events, statistics } = storage
  const device = sampleDevice('ada')
  for (const known of [null, device]) {
    const [position, totals] = [await events.latest(), await statistics.totals()]
    const record = known === null ? sampleSession('ada') : sessionOn(known)
    const outcome = await sessions.insert(record, {
      ...plan,
      device: known === null ? null : onDevice(known).device,
    })
    assert.deepEqual(outcome, { kind: 'not-pending' })
    assert.equal(await sessions.find(record.id), null)
    assert.equal(await devices.find(device.id), null)
    assert.equal(await events.latest(), position)
    assert.deepEqual(await statistics.totals(), totals)
  }
}
