import assert from 'node:assert/strict'
import { LatchkeyError } from '../../foundation/errors.ts'
import { minutes } from '../../foundation/time.ts'
import { forever } from '../../model/cut-off.ts'
import type { DeviceRecord } from '../../model/device.ts'
import type { SessionRecord } from '../../model/session.ts'
import { plainEvent } from '../../model/session-event.ts'
import type { Storage } from '../../ports/storage.ts'
import type { ContractCase, FaultyFixture } from './contract-case.ts'
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
  claiming,
  completing,
  cutOffAt,
  deviceChangedAt,
  digestOf,
  hoursAfterNoon,
  limitedTo,
  noon,
  onDevice,
  onNewDevice,
  plainly,
  queryAt,
  renewedAt,
  revokedAt,
  sampleDevice,
  sampleSession,
  sessionOn,
  windowAt,
} from './sample-session.ts'

interface Scene {
  readonly device: DeviceRecord
  /** One on each of the unused devices. */
  readonly ended: readonly SessionRecord[]
  readonly live: SessionRecord
  /** On the same device. */
  readonly pending: SessionRecord
  readonly overdue: SessionRecord
  readonly added: SessionRecord
  readonly newDevice: DeviceRecord
  readonly unused: readonly DeviceRecord[]
}

const later = hoursAfterNoon(1)
const ada = { kind: 'user', userId: 'ada' } as const

/** Each changes the state in more than one place. */
const operations: Readonly<Record<string, (storage: Storage, scene: Scene) => Promise<unknown>>> = {
  insert: ({ sessions }, { added, live }) =>
    sessions.insert(added, { ...claiming('key', 'request'), replaces: live.id }),
  'a sign-in on a known device': ({ sessions }, { added, device }) =>
    sessions.insert(added, onDevice({ ...device, lastSeenAt: later })),
  'a sign-in on a new device': ({ sessions }, { added, newDevice }) =>
    sessions.insert({ ...added, deviceId: newDevice.id }, onNewDevice(newDevice)),
  'a sign-in on a new device with a key': ({ sessions }, { added, newDevice }) =>
    sessions.insert(
      { ...added, deviceId: newDevice.id },
      { ...claiming('key', 'request'), device: onNewDevice(newDevice).device },
    ),
  'a sign-in on a device that was forgotten': ({ sessions }, { added, newDevice }) =>
    sessions.insert({ ...added, deviceId: newDevice.id }, onDevice(newDevice)),
  'the replace of a device': ({ devices }, { device }) =>
    devices.replace({ ...device, version: 2, name: 'Laptop' }, deviceChangedAt(later)),
  'the forgetting of a device': ({ devices }, { device }) => devices.forget(device.id, changedAt(later)),
  'the forgetting of unused devices': ({ devices }) => devices.forgetUnused(later, later, 10),
  'the forgetting of fingerprints': ({ devices }) => devices.forgetFingerprints(later, 10),
  fade: ({ sessions }) => sessions.fade('ipAddress', noon, later, 10),
  replace: ({ sessions }, { live }) => sessions.replace({ ...live, version: 2 }, renewedAt(later)),
  touch: ({ sessions }, { live, overdue }) =>
    sessions.touch([
      { id: live.id, at: later },
      { id: overdue.id, at: later },
    ]),
  invalidate: ({ sessions }) =>
    sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(later)),
  cleanup: ({ sessions }) => sessions.cleanup(boundsAt(noon), later, 10),
  forget: ({ sessions }) => sessions.forget(later, 10),
  'forgetting of a user': ({ sessions }) => sessions.forgetUser('ada', changedAt(noon), digestOf),
  'forget of events': ({ events }) => events.forget(4, 10),
  'an insert at the limit': ({ sessions }, { added }) => sessions.insert(added, limitedTo(1, 'end-oldest')),
  'a sign-in at the limit with a key': ({ sessions }, { added, device }) =>
    sessions.insert(added, {
      ...onDevice(device),
      limit: limitedTo(1, 'end-least-recent').limit,
      idempotency: claiming('key', 'request').idempotency,
    }),
  'a completion on a device at the limit': ({ sessions }, { added, device, pending }) =>
    sessions.insert(added, {
      ...completing(pending, boundsAt(later)),
      device: onDevice(device).device,
      limit: limitedTo(1, 'end-oldest').limit,
    }),
  tighten: ({ sessions }, { live, overdue }) =>
    sessions.tighten([live, overdue].map(({ id }) => ({ id, expiresAt: later, idleTimeout: minutes(5) }))),
  'the cut-off of a user': ({ cutOffs }) => cutOffs.set(cutOffAt(ada, later), changedAt(later)),
  'the cut-off of a device': ({ cutOffs }, { device }) =>
    cutOffs.set(cutOffAt({ kind: 'device', userId: 'ada', deviceId: device.id }, later), changedAt(later)),
  'the cut-off of everybody': ({ cutOffs }) =>
    cutOffs.set(cutOffAt({ kind: 'everybody' }, later), changedAt(later)),
  'the lifting of a cut-off': ({ cutOffs }) =>
    cutOffs.lift({ kind: 'user', userId: 'bob' }, changedAt(later)),
  'an ending of several': ({ sessions }, { live, overdue }) =>
    sessions.invalidate(
      { kind: 'sessions', sessions: [live, overdue].map(({ id, userId }) => ({ id, userId })) },
      revokedAt(later),
    ),
  'a batch of rollups': ({ rollups }) => rollups.apply({ ...someRollups, after: 3, upTo: 7 }),
  'the replacement of rollups': ({ rollups }) => rollups.replace(noon, { ...someRollups, upTo: 3 }),
  'a batch of detections': ({ alerts }) =>
    alerts.apply({
      after: 0,
      upTo: 5,
      examined: [],
      histories: [sampleHistory('ada', { signIns: 2 }), sampleHistory('eve')],
      alerts: [newAlert, { ...knownAlert, version: 2, count: 2 }],
      events: [alertEvent('alert.opened')],
    }),
  'the adding of an alert': ({ alerts }) => alerts.add(newAlert, [alertEvent('alert.opened')]),
  'the replace of an alert': ({ alerts }) =>
    alerts.replace({ ...knownAlert, version: 2, state: 'resolved' }, [alertEvent()]),
  'the setting of a detector': ({ alerts }) =>
    alerts.putSetting({ detector: 'new-country', mode: 'off', response: 'notify' }, [
      alertEvent('detector.set'),
    ]),
  'the adding of a mute': ({ alerts }) => alerts.addMute(mute, [alertEvent('mute.added')]),
  'the beginning of a bulk ending': ({ bulkEndings }) =>
    bulkEndings.add(bulkEnding, [alertEvent('bulk-ending.started')]),
  'an append of events': ({ events }) =>
    events.append([1, 2].map(() => plainEvent({ type: 'request.refused', at: later, actor: 'system' }))),
}

const bucket = { interval: 'hour', start: noon } as const
const someRollups = {
  since: noon,
  rollups: [{ ...bucket, measure: 'created', dimension: 'all', value: '', count: 2, sum: 0 }],
  members: [{ ...bucket, measure: 'distinct-users', member: 'a' }],
} as const
const [knownAlert, newAlert] = [sampleAlert(), sampleAlert({ userId: 'bob' })]
const [mute, bulkEnding] = [sampleMute(), sampleBulkEnding()]

function newScene(): Scene {
  const fingerprints = [{ seenAt: noon, hashes: { canvas: 'abc' } }]
  const device = sampleDevice('ada', { fingerprints, fingerprintedAt: noon })
  const unused = [sampleDevice('ada'), sampleDevice('ada', { fingerprints, fingerprintedAt: noon })]
  return {
    device,
    ended: unused.map((record) => sessionOn(record)),
    live: sessionOn(device),
    pending: sessionOn(device, { stage: 'pending' }),
    overdue: sampleSession('ada', { expiresAt: noon }),
    added: sessionOn(device, { createdAt: later }),
    newDevice: sampleDevice('ada'),
    unused,
  }
}

async function setUp({ sessions, cutOffs, rollups, alerts }: Storage, scene: Scene): Promise<void> {
  const { device, ended, live, pending, overdue, unused } = scene
  await cutOffs.set(cutOffAt({ kind: 'user', userId: 'bob' }, forever), changedAt(noon))
  await rollups.apply({ ...someRollups, after: 0, upTo: 3 })
  await keepHistories(alerts, [sampleHistory('ada')])
  await alerts.add(knownAlert, [])
  await sessions.insert(overdue, plainly)
  await sessions.insert(live, onDevice(device))
  await sessions.insert(pending, onDevice(device, 'keep-earlier'))
  for (const [index, record] of unused.entries()) {
    const session = ended[index] ?? sessionOn(record)
    await sessions.insert(session, onDevice(record))
    await sessions.invalidate({ kind: 'session', id: session.id, userId: null }, revokedAt(noon))
  }
}

const everyHour = { interval: 'hour', from: noon, until: later, measures: [], dimensions: [] } as const

async function stateOf(storage: Storage): Promise<unknown> {
  const listed = await storage.sessions.list(queryAt(noon), { cursor: null, limit: 100 })
  return {
    sessions: listed.items,
    devices: await storage.devices.list('ada', 100),
    events: await storage.events.read(0, 100),
    cutOffs: await storage.cutOffs.list(100),
    rolledUp: await storage.rollups.position(),
    rollups: await storage.rollups.read(everyHour),
    detected: await storage.alerts.position(),
    histories: await storage.alerts.histories(['ada', 'eve']),
    alerts: (await storage.alerts.list(everyAlert(), { cursor: null, limit: 100 })).items,
    settings: await storage.alerts.settings(),
    mutes: await storage.alerts.mutes(),
    bulkEndings: await storage.bulkEndings.list(10),
    totals: await storage.statistics.totals(),
    recount: await storage.statistics.recountActive(),
    statistics: await storage.statistics.forUser('ada', windowAt(later)),
  }
}

type Operation = (storage: Storage, scene: Scene) => Promise<unknown>

/** One run with the step of that number broken; whether the operation had so many steps at all. */
async function breakStep(
  create: () => Promise<FaultyFixture>,
  operation: Operation,
  step: number,
): Promise<boolean> {
  const fixture = await create()
  const { storage } = fixture
  const scene = newScene()
  try {
    await storage.open()
    await setUp(storage, scene)
    const before = await stateOf(storage)
    const stop = fixture.failStep(step)
    const [outcome] = await Promise.allSettled([operation(storage, scene)])
    const wasBroken = stop()
    if (outcome?.status === 'rejected') {
      assert.ok(outcome.reason instanceof LatchkeyError)
      assert.deepEqual(await stateOf(storage), before)
      await operation(storage, scene)
    }
    assert.equal(outcome?.status, wasBroken ? 'rejected' : 'fulfilled')
    await agreesWithUnbroken(create, operation, scene, await stateOf(storage))
    return wasBroken
  } finally {
    await storage.close()
    await fixture.dispose()
  }
}

/** After a failure and a second try everything is as if there had been no failure. */
async function agreesWithUnbroken(
  create: () => Promise<FaultyFixture>,
  operation: Operation,
  scene: Scene,
  state: unknown,
): Promise<void> {
  const unbroken = await create()
  await unbroken.storage.open()
  await setUp(unbroken.storage, scene)
  await operation(unbroken.storage, scene)
  assert.deepEqual(state, await stateOf(unbroken.storage))
  await unbroken.storage.close()
  await unbroken.dispose()
}

async function neighboursSurvive(create: () => Promise<FaultyFixture>): Promise<void> {
  for (let step = 1, wasBroken = true; wasBroken; step += 1) {
    const fixture = await create()
    const { storage } = fixture
    await storage.open()
    const stop = fixture.failStep(step)
    const records = ['ada', 'bob', 'eve'].map((user) => sampleSession(user))
    const outcomes = await Promise.allSettled(
      records.map((record) => storage.sessions.insert(record, plainly)),
    )
    wasBroken = stop()
    for (const [index, record] of records.entries()) {
      const isThere = (await storage.sessions.find(record.id)) !== null
      assert.equal(isThere, outcomes[index]?.status === 'fulfilled')
    }
    const inserted = outcomes.filter((outcome) => outcome.status === 'fulfilled').length
    assert.equal((await storage.statistics.totals()).created, inserted)
    assert.equal((await storage.events.read(0, 10)).length, inserted)
    await storage.close()
    await fixture.dispose()
  }
}

/** For storages that a test can break: whichever step fails, everything of an operation happened or nothing did. */
export function failingCases(create: () => Promise<FaultyFixture>): readonly ContractCase[] {
  const wholeOrNothing = Object.entries(operations).map(([name, operation]) => ({
    name: `whichever step of ${name} fails, nothing of it happened, and then it works`,
    run: async () => {
      let step = 1
      while (await breakStep(create, operation, step)) step += 1
      assert.ok(step > 2, 'no step was broken')
    },
  }))
  return [
    ...wholeOrNothing,
    {
      name: 'whichever step of concurrent inserts fails, what was acknowledged is there and what was not is not',
      run: () => neighboursSurvive(create),
    },
  ]
}
