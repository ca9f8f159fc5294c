import assert from 'node:assert/strict'
import { hours } from '../../foundation/time.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  alertEvent,
  everyAlert,
  keepHistories,
  sampleAlert,
  sampleBulkEnding,
  sampleHistory,
  sampleMute,
} from './sample-alert.ts'
import {
  boundsAt,
  changedAt,
  completing,
  cutOffAt,
  digestOf,
  hoursAfterNoon,
  limitedTo,
  noon,
  onDevice,
  oslo,
  plainly,
  renewedAt,
  replacing,
  revokedAt,
  sampleDevice,
  sampleSession,
  sampleSighting,
  sessionOn,
  toldOfEnded,
  unplaced,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

const one = hoursAfterNoon(1)

/** Each ends the session an hour after noon, in a way of its own. */
const waysToEnd: readonly (readonly [
  way: string,
  duration: number,
  end: (storage: Storage, record: SessionRecord) => Promise<unknown>,
])[] = [
  [
    'by itself',
    hours(1),
    (to, { id }) => to.sessions.invalidate({ kind: 'session', id, userId: null }, revokedAt(one)),
  ],
  [
    'with its user',
    hours(1),
    ({ sessions }) => sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(one)),
  ],
  [
    'with its device',
    0,
    ({ sessions }, { userId, deviceId }) =>
      sessions.invalidate(
        { kind: 'device', userId, deviceId: deviceId ?? 'dev_' },
        { ...revokedAt(one), reason: 'token-reuse' },
      ),
  ],
  [
    'as one of several',
    hours(1),
    ({ sessions }, { id, userId }) =>
      sessions.invalidate({ kind: 'sessions', sessions: [{ id, userId }] }, revokedAt(one)),
  ],
  ['by a cleanup', 0, ({ sessions }) => sessions.cleanup(boundsAt(hoursAfterNoon(24 * 31)), one, 10)],
  [
    'by a limit',
    0,
    ({ sessions }) => sessions.insert(sampleSession('ada', { createdAt: one }), limitedTo(1, 'end-oldest')),
  ],
  [
    'by the next one',
    hours(1),
    ({ sessions }, record) => sessions.insert(sampleSession('ada', { createdAt: one }), replacing(record)),
  ],
  [
    'by the next one on its device',
    hours(1),
    ({ sessions }, { deviceId }) => {
      const device = sampleDevice('ada', deviceId === null ? {} : { id: deviceId })
      return sessions.insert(sessionOn(device, { createdAt: one }), onDevice(device))
    },
  ],
  [
    'by a cut-off',
    hours(1),
    ({ cutOffs }) => cutOffs.set(cutOffAt({ kind: 'user', userId: 'ada' }, noon), changedAt(one)),
  ],
  [
    'by the cut-off of its device',
    hours(1),
    ({ cutOffs }, { userId, deviceId }) =>
      cutOffs.set(cutOffAt({ kind: 'device', userId, deviceId: deviceId ?? 'dev_' }, noon), changedAt(one)),
  ],
]

export const tellingFacts: readonly StorageCase[] = [
  [
    'the event of a new session says what was seen of its user',
    async ({ sessions, events }) => {
      const sighting = sampleSighting({ amr: ['pwd', 'é "1"'], otherUsers: 3 })
      await sessions.insert(sampleSession('ada'), { ...plainly, sighting })
      await sessions.insert(sampleSession('ada'), plainly)
      const told = (await events.read(0, 10)).map(({ facts }) => facts)
      assert.deepEqual(told, [{ sighting, before: null, ended: null }, null])
    },
  ],
  [
    'the event of an ending says how long the session lasted, on what and from where, however it ends',
    async (storage) => {
      for (const [way, duration, end] of waysToEnd) {
        const device = sampleDevice('ada')
        const record = sessionOn(device, { place: oslo, amr: ['pwd', 'otp'] })
        await storage.sessions.insert(record, onDevice(device))
        await end(storage, record)
        const told = (await storage.events.read(0, 1_000)).filter(
          ({ type, sessionId }) => type === 'session.ended' && sessionId === record.id,
        )
        assert.deepEqual(
          told.map(({ device: on, facts, deviceId }) => ({ device: on, facts, deviceId })),
          [{ ...toldOfEnded(record, duration), deviceId: null }],
          way,
        )
        await storage.sessions.forgetUser('ada', changedAt(noon, { by: 'system' }), digestOf)
      }
    },
  ],
  [
    'a duration runs to the last use where nobody ended the session, and a pending one that is completed ends, too',
    async ({ sessions, events }) => {
      const pending = sampleSession('ada', { stage: 'pending' })
      const used = sampleSession('bob', { lastAccessedAt: hoursAfterNoon(2) })
      for (const record of [pending, used]) await sessions.insert(record, plainly)
      await sessions.insert(sampleSession('ada', { createdAt: one }), completing(pending))
      await sessions.cleanup(boundsAt(hoursAfterNoon(24 * 20)), hoursAfterNoon(24 * 20), 10)
      const told = (await events.read(0, 10)).filter(({ type }) => type === 'session.ended')
      const ended = told.map(({ sessionId, facts }) => [sessionId, facts?.ended?.duration])
      assert.deepEqual(ended.filter(([id]) => id !== null).slice(0, 1), [[pending.id, hours(1)]])
      assert.deepEqual(
        ended.find(([id]) => id === used.id),
        [used.id, hours(2)],
      )
    },
  ],
  [
    'a challenge is kept with the session, stays until a replace takes it away, and has an event of its own',
    async ({ sessions, events }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      const challenged = { ...record, version: 2, challengedAt: one }
      assert.equal(await sessions.replace(challenged, renewedAt(one, 'challenge')), true)
      assert.equal((await sessions.find(record.id))?.challengedAt, one)
      const [last] = (await events.read(0, 10)).slice(-1)
      assert.deepEqual([last?.type, last?.after], ['session.challenged', { cause: 'challenge' }])
      await sessions.replace(
        { ...challenged, version: 3, authenticatedAt: hoursAfterNoon(2) },
        renewedAt(one),
      )
      assert.equal((await sessions.find(record.id))?.challengedAt, one)
      await sessions.replace({ ...challenged, version: 4, challengedAt: null }, renewedAt(one))
      assert.equal((await sessions.find(record.id))?.challengedAt, null)
    },
  ],
  [
    'the facts of an event that is erased go with it',
    async ({ sessions, events }) => {
      await sessions.insert(sampleSession('ada'), { ...plainly, sighting: sampleSighting() })
      await sessions.forgetUser('ada', changedAt(noon, { by: 'system' }), digestOf)
      const [erased] = (await events.read(0, 10)).map(unplaced)
      assert.deepEqual([erased?.type, erased?.facts], ['event.erased', null])
    },
  ],
  [
    'history, alerts and mutes of a user who is forgotten go with them, and elsewhere nothing names them',
    async ({ sessions, alerts, bulkEndings }) => {
      const device = sampleDevice('ada')
      await sessions.insert(sessionOn(device), onDevice(device))
      await keepHistories(alerts, [sampleHistory('ada'), sampleHistory('bob')])
      const notes = [
        { at: noon, by: 'admin:ada', text: 'Seen.' },
        { at: noon, by: 'admin:root', text: 'Seen, too.' },
      ] as const
      const others = sampleAlert({ userId: 'bob', assignee: 'ada', notes })
      for (const alert of [sampleAlert(), others]) await alerts.add(alert, [])
      const kept = sampleMute({ by: 'admin:ada' })
      for (const mute of [sampleMute({ userId: 'ada' }), sampleMute({ deviceId: device.id }), kept]) {
        await alerts.addMute(mute, [])
      }
      const job = sampleBulkEnding({ by: 'admin:ada' })
      await bulkEndings.add(job, [alertEvent()])
      await sessions.forgetUser('ada', changedAt(noon, { by: 'system' }), digestOf)
      await alerts.replaceHistory(sampleHistory('ada'))
      assert.deepEqual(await alerts.histories(['ada', 'bob']), [sampleHistory('bob')])
      const listed = await alerts.list(everyAlert(), { cursor: null, limit: 10 })
      const unnamed = notes.map((note) => (note.by === 'admin:ada' ? { ...note, by: 'system' } : note))
      const version = listed.items[0]?.version ?? 0
      assert.deepEqual(listed.items, [{ ...others, assignee: null, notes: unnamed, version }])
      assert.equal(await alerts.replace({ ...others, version: others.version + 1 }, []), false)
      assert.deepEqual(await alerts.mutes(), [{ ...kept, by: 'system' }])
      assert.equal((await bulkEndings.find(job.id))?.by, 'system')
      assert.equal(await bulkEndings.replace({ ...job, version: job.version + 1 }, []), false)
    },
  ],
  [
    'sessions of others that somebody ended who is forgotten, and their cut-offs, name nobody any more',
    async ({ sessions, cutOffs }) => {
      const { id } = sampleSession('bob')
      await sessions.insert(sampleSession('bob', { id }), plainly)
      const ending = { ...revokedAt(noon), by: 'admin:ada' } as const
      await sessions.invalidate({ kind: 'session', id, userId: 'bob' }, ending)
      await cutOffs.set(
        { ...cutOffAt({ kind: 'user', userId: 'bob' }, noon), by: 'admin:ada' },
        changedAt(noon, { by: 'admin:ada' }),
      )
      await sessions.forgetUser('ada', changedAt(noon, { by: 'system' }), digestOf)
      assert.equal((await sessions.find(id))?.endedBy, 'system')
      assert.deepEqual(
        (await cutOffs.list(10)).map(({ by }) => by),
        ['system'],
      )
    },
  ],
]
