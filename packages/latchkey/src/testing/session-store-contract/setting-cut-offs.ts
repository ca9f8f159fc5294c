import assert from 'node:assert/strict'
import { forever } from '../../model/cut-off.ts'
import { newDeviceId } from '../../model/device.ts'
import type { Storage } from '../../ports/storage.ts'
import { ada, everybody, insertAll, later, liveIds, ofHour, setCutOff } from './cut-off-scene.ts'
import {
  changedAt,
  cutOffAt,
  digestOf,
  hoursAfterNoon,
  noon,
  plainly,
  sampleSession,
  saysNothing,
  unplaced,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

export const settingCutOffs: readonly StorageCase[] = [
  [
    'a cut-off that is not later than the one on record changes nothing',
    async (storage) => {
      const note = 'Laptop stolen, "é"'
      const first = cutOffAt(ada, later, { note })
      await storage.cutOffs.set(first, changedAt(later))
      const position = await storage.events.latest()
      for (const notBefore of [noon, later]) {
        const again = cutOffAt(ada, notBefore, { setAt: hoursAfterNoon(5), by: 'system' })
        assert.deepEqual(await storage.cutOffs.set(again, changedAt(hoursAfterNoon(5))), [])
      }
      assert.deepEqual(await storage.cutOffs.find(ada), first)
      assert.equal(await storage.events.latest(), position)
      const latest = cutOffAt(ada, forever, { setAt: hoursAfterNoon(5) })
      await storage.cutOffs.set(latest, changedAt(hoursAfterNoon(5)))
      assert.deepEqual(await storage.cutOffs.find(ada), latest)
      const [event] = await storage.events.read(position, 10)
      assert.deepEqual(event?.before, { not_before: later })
      assert.deepEqual(event?.after, { scope: 'user', not_before: forever, note: null })
    },
  ],
  [
    'one that is for ever is lifted once: sessions may be created again, and old ones stay ended',
    async (storage) => {
      const { sessions, cutOffs, events } = storage
      const old = sampleSession('ada')
      await insertAll(storage, [old])
      await setCutOff(storage, ada, forever)
      const refused = await sessions.insert(ofHour(9), plainly)
      assert.deepEqual(refused, { kind: 'cut-off', notBefore: forever })
      const position = await events.latest()
      const origin = changedAt(hoursAfterNoon(3), { by: 'admin:eve', request: 'req-2' })
      assert.equal(await cutOffs.lift(ada, origin), true)
      assert.equal(await cutOffs.lift(ada, origin), false)
      assert.equal((await cutOffs.find(ada))?.notBefore, hoursAfterNoon(3))
      assert.deepEqual((await events.read(position, 10)).map(unplaced), [
        {
          ...saysNothing,
          type: 'cut-off.lifted',
          at: hoursAfterNoon(3),
          userId: 'ada',
          actor: 'admin:eve',
          request: 'req-2',
          before: { not_before: forever },
          after: { scope: 'user', not_before: hoursAfterNoon(3), note: null },
        },
      ])
      assert.equal((await sessions.insert(ofHour(3), plainly)).kind, 'cut-off')
      const next = ofHour(4)
      assert.equal((await sessions.insert(next, plainly)).kind, 'inserted')
      assert.deepEqual(await liveIds(storage, 'ada'), [next.id])
      assert.equal((await sessions.find(old.id))?.invalidatedAt, later)
    },
  ],
  [
    'a cut-off that is not for ever, or is not there, is not lifted',
    async (storage) => {
      await setCutOff(storage, ada, noon)
      const position = await storage.events.latest()
      for (const scope of [ada, everybody, { kind: 'user', userId: 'bob' } as const]) {
        assert.equal(await storage.cutOffs.lift(scope, changedAt(later)), false)
      }
      assert.equal((await storage.cutOffs.find(ada))?.notBefore, noon)
      assert.equal(await storage.cutOffs.find(everybody), null)
      assert.equal(await storage.events.latest(), position)
    },
  ],
  [
    'cut-offs are listed, those set last first, at most so many, with all that is known of them',
    async ({ cutOffs }) => {
      const deviceId = newDeviceId('x\u0000y')
      const all = [
        cutOffAt({ kind: 'device', userId: 'x\u0000y', deviceId }, noon, {
          setAt: hoursAfterNoon(4),
          by: 'system',
        }),
        cutOffAt(everybody, noon, { setAt: hoursAfterNoon(3), note: 'é\u{1f511}"\'; --' }),
        cutOffAt({ kind: 'user', userId: '*' }, forever, { setAt: hoursAfterNoon(2) }),
        cutOffAt({ kind: 'user', userId: 'x\u0000y' }, noon, { setAt: hoursAfterNoon(1) }),
      ]
      assert.deepEqual(await cutOffs.list(10), [])
      for (const cutOff of all.toReversed()) await cutOffs.set(cutOff, changedAt(noon))
      assert.deepEqual(await cutOffs.list(10), all)
      assert.deepEqual(await cutOffs.list(2), all.slice(0, 2))
      for (const cutOff of all) assert.deepEqual(await cutOffs.find(cutOff.scope), cutOff)
    },
  ],
  [
    'of twenty concurrent settings and twenty liftings of one cut-off exactly one tells of each',
    async (storage) => {
      await insertAll(storage, [sampleSession('ada')])
      const twenty = Array.from({ length: 20 })
      const ended = await Promise.all(twenty.map(() => setCutOff(storage, ada, forever)))
      assert.equal(ended.flat().length, 1)
      const lifted = await Promise.all(twenty.map(() => storage.cutOffs.lift(ada, changedAt(later))))
      assert.equal(lifted.filter(Boolean).length, 1)
      const told = (await storage.events.read(0, 100)).map(({ type }) => type)
      assert.deepEqual(told, ['session.created', 'cut-off.set', 'session.ended', 'cut-off.lifted'])
    },
  ],
  [
    'forgetting a user takes their cut-offs and those of their devices along, and nobody else’s',
    async (storage) => {
      const other = { kind: 'user', userId: 'ada2' } as const
      const scopes = [
        ada,
        { kind: 'device', userId: 'ada', deviceId: newDeviceId('ada') } as const,
        other,
        everybody,
      ]
      for (const scope of scopes) await setCutOff(storage, scope, noon)
      await storage.sessions.forgetUser('ada', changedAt(later), digestOf)
      const kept = (await storage.cutOffs.list(10)).map(({ scope }) => scope.kind)
      assert.deepEqual(kept.sort(), ['everybody', 'user'])
      assert.notEqual(await storage.cutOffs.find(other), null)
    },
  ],
]
