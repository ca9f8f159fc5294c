import assert from 'node:assert/strict'
import { forever } from '../../model/cut-off.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  ada,
  everybody,
  idsOf,
  insertAll,
  later,
  liveIds,
  ofHour,
  onlySetting,
  setCutOff,
} from './cut-off-scene.ts'
import {
  boundsAt,
  changedAt,
  claiming,
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
  saysNothing,
  sessionOn,
  toldOfEnded,
  unplaced,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

export const cuttingOff: readonly StorageCase[] = [
  [
    'a cut-off of a user ends what they created until then, in the same step, and nothing else',
    async (storage) => {
      const [old, same, newer] = [ofHour(-1), ofHour(0), ofHour(1)]
      const gone = ofHour(-1)
      const foreign = ofHour(-1, neighbourOf('ada'))
      await insertAll(storage, [old, same, newer, gone, foreign])
      await storage.sessions.invalidate({ kind: 'session', id: gone.id, userId: null }, revokedAt(noon))
      const position = await storage.events.latest()
      const ended = await setCutOff(storage, ada, noon)
      assert.deepEqual(idsOf(ended), idsOf([old, same]))
      assert.ok(ended.every(({ userId }) => userId === 'ada'))
      assert.deepEqual(await liveIds(storage, 'ada'), [newer.id])
      assert.deepEqual(await liveIds(storage, foreign.userId), [foreign.id])
      for (const { id } of [old, same]) {
        const found = await storage.sessions.find(id)
        assert.deepEqual(
          [found?.invalidatedAt, found?.endReason, found?.endedBy, found?.notBefore],
          [later, 'revoked', 'admin:root', noon],
        )
      }
      assert.equal((await storage.sessions.find(newer.id))?.notBefore, noon)
      assert.equal((await storage.sessions.find(foreign.id))?.notBefore, null)
      const told = (await storage.events.read(position, 10)).map(unplaced)
      const by = { ...saysNothing, at: later, actor: 'admin:root', request: 'req-1', userId: 'ada' }
      assert.deepEqual(told[0], {
        ...by,
        type: 'cut-off.set',
        after: { scope: 'user', not_before: noon, note: null },
      })
      const endingOf = (record: SessionRecord) => ({
        ...{ ...by, ...toldOfEnded(record, later - record.createdAt) },
        ...{ type: 'session.ended', sessionId: record.id, reason: 'revoked' },
      })
      assert.deepEqual(new Set(told.slice(1)), new Set([old, same].map(endingOf)))
      assert.equal((await storage.statistics.totals()).active, 2)
    },
  ],
  [
    'a cut-off of a device ends what was created on it until then, and nothing else',
    async (storage) => {
      const device = sampleDevice('ada')
      const [old, newer] = [-1, 1].map((count) => sessionOn(device, { createdAt: hoursAfterNoon(count) }))
      const elsewhere = ofHour(-1)
      assert.ok(old && newer)
      for (const record of [old, newer])
        await storage.sessions.insert(record, onDevice(device, 'keep-earlier'))
      await insertAll(storage, [elsewhere])
      const scope = { kind: 'device', userId: 'ada', deviceId: device.id } as const
      assert.deepEqual(await setCutOff(storage, scope, noon), [{ id: old.id, userId: 'ada' }])
      assert.deepEqual(await liveIds(storage, 'ada'), idsOf([newer, elsewhere]))
      assert.equal((await storage.sessions.find(newer.id))?.notBefore, noon)
      assert.equal((await storage.sessions.find(elsewhere.id))?.notBefore, null)
      const { items } = await storage.events.list(onlySetting, { cursor: null, limit: 1 })
      const [event] = items
      assert.deepEqual(
        [event?.userId, event?.deviceId, event?.after],
        ['ada', device.id, { scope: 'device', not_before: noon, note: null }],
      )
    },
  ],
  [
    'after a cut-off of everybody nothing that was created until then is live anywhere, and a cleanup ends it',
    async (storage) => {
      const { sessions, statistics, events } = storage
      const device = sampleDevice('bob')
      const asked = { ...ofHour(-2), lifetime: 1 as SessionRecord['lifetime'] }
      const expired = sampleSession('ada', { createdAt: hoursAfterNoon(-2), expiresAt: noon })
      const overdue = sampleSession('ada', { createdAt: later, expiresAt: noon })
      const [onIt, newer] = [sessionOn(device), ofHour(1)]
      await insertAll(storage, [asked, expired, newer, overdue])
      await sessions.insert(onIt, onDevice(device))
      assert.deepEqual(await setCutOff(storage, everybody, noon), [])
      assert.deepEqual(await liveIds(storage, 'ada'), [newer.id])
      assert.deepEqual(await liveIds(storage, 'bob'), [])
      assert.equal(await sessions.count(queryAt(noon, { state: 'live' })), 1)
      assert.equal(await sessions.count(queryAt(noon, { state: 'ended' })), 4)
      const listed = await sessions.list(queryAt(noon), { cursor: null, limit: 10 })
      assert.deepEqual([...new Set(listed.items.map(({ notBefore }) => notBefore))], [noon])
      assert.equal(await statistics.backlog(boundsAt(noon), 100), 4)
      assert.equal((await sessions.cleanup(boundsAt(noon), later, 3)).length, 3)
      for (const { id } of [asked, onIt, expired]) {
        const found = await sessions.find(id)
        assert.deepEqual(
          [found?.invalidatedAt, found?.endReason, found?.endedBy],
          [later, 'revoked', 'system'],
        )
      }
      assert.equal((await sessions.cleanup(boundsAt(noon), later, 3)).length, 1)
      assert.equal((await sessions.find(overdue.id))?.endReason, 'expired')
      assert.equal(await statistics.backlog(boundsAt(noon), 100), 0)
      const { items } = await events.list(onlySetting, { cursor: null, limit: 2 })
      assert.deepEqual(
        items.map(({ userId, deviceId, after }) => [userId, deviceId, after]),
        [[null, null, { scope: 'everybody', not_before: noon, note: null }]],
      )
    },
  ],
  [
    'of several cut-offs that concern a session the latest wins, whichever it is of',
    async (storage) => {
      const device = sampleDevice('ada')
      const record = sessionOn(device, { createdAt: hoursAfterNoon(9) })
      await storage.sessions.insert(record, onDevice(device))
      const scopes = [everybody, { kind: 'device', userId: 'ada', deviceId: device.id }, ada] as const
      for (const [index, scope] of scopes.entries()) {
        await setCutOff(storage, scope, hoursAfterNoon(index + 1))
        assert.equal((await storage.sessions.find(record.id))?.notBefore, hoursAfterNoon(index + 1))
      }
      for (const scope of scopes) {
        await setCutOff(storage, scope, hoursAfterNoon(5))
        await setCutOff(storage, scope, hoursAfterNoon(4))
        assert.equal((await storage.cutOffs.find(scope))?.notBefore, hoursAfterNoon(5))
      }
      assert.deepEqual(await liveIds(storage, 'ada'), [record.id])
    },
  ],
  [
    'nothing is created that a cut-off concerns, and nothing is changed by trying',
    async (storage) => {
      const { sessions, devices, events } = storage
      const device = sampleDevice('ada')
      const kept = sampleSession('bob', { createdAt: hoursAfterNoon(5) })
      await insertAll(storage, [kept])
      const scopes = [
        [ada, hoursAfterNoon(1)],
        [{ kind: 'device', userId: 'ada', deviceId: device.id }, hoursAfterNoon(2)],
        [everybody, hoursAfterNoon(3)],
      ] as const
      for (const [scope, notBefore] of scopes) {
        await setCutOff(storage, scope, notBefore)
        const position = await events.latest()
        const record = sessionOn(device, { createdAt: notBefore })
        const plans = [
          { ...onDevice(device), ...claiming('key', 'request'), device: onDevice(device).device },
          { ...onDevice(device), limit: limitedTo(1, 'end-oldest').limit },
        ]
        for (const plan of plans) {
          assert.deepEqual(await sessions.insert(record, plan), { kind: 'cut-off', notBefore })
        }
        assert.equal(await sessions.find(record.id), null)
        assert.equal(await devices.find(device.id), null)
        assert.equal(await events.latest(), position)
      }
      const record = sessionOn(device, { createdAt: hoursAfterNoon(4) })
      assert.equal((await sessions.insert(record, onDevice(device))).kind, 'inserted')
      assert.deepEqual(await liveIds(storage, 'bob'), [kept.id])
    },
  ],
  [
    'a repetition brings what its key made with the cut-off that concerns it now',
    async (storage) => {
      await storage.sessions.insert(sampleSession('ada'), claiming('key', 'request'))
      await setCutOff(storage, everybody, later)
      const repeated = await storage.sessions.insert(ofHour(2), claiming('key', 'request'))
      assert.equal(repeated.kind === 'repeated' && repeated.record.notBefore, later)
    },
  ],
  [
    'a session that is created while its user is cut off is refused, ended or over from its first read on',
    async (storage) => {
      const { sessions, cutOffs } = storage
      const records = Array.from({ length: 20 }, () => sampleSession('ada'))
      const [ended, outcomes] = await Promise.all([
        Promise.resolve().then(() => cutOffs.set(cutOffAt(ada, forever), changedAt(later))),
        Promise.all(records.map((record) => sessions.insert(record, plainly))),
      ])
      for (const [index, record] of records.entries()) {
        const found = await sessions.find(record.id)
        assert.equal(found !== null, outcomes[index]?.kind === 'inserted')
        if (found) assert.equal(found.notBefore, forever)
      }
      assert.deepEqual(await liveIds(storage, 'ada'), [])
      const cleaned = await sessions.cleanup(boundsAt(noon), later, 100)
      const inserted = outcomes.filter(({ kind }) => kind === 'inserted').length
      assert.equal(ended.length + cleaned.length, inserted)
      assert.equal((await storage.statistics.totals()).ended.revoked, inserted)
      assert.equal(await storage.statistics.recountActive(), 0)
    },
  ],
  [
    'a session that a cut-off concerns takes up no place under a limit',
    async (storage) => {
      await insertAll(storage, [sampleSession('ada'), sampleSession('ada')])
      await setCutOff(storage, everybody, noon)
      const outcome = await storage.sessions.insert(ofHour(1), limitedTo(1, 'reject'))
      assert.deepEqual(outcome, { kind: 'inserted', replaced: [] })
    },
  ],
]
