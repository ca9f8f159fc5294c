import assert from 'node:assert/strict'
import { forever } from '../../model/cut-off.ts'
import { plainEvent } from '../../model/session-event.ts'
import type { Storage } from '../../ports/storage.ts'
import { announcing } from './announcing.ts'
import type { ContractCase, LastingFixture } from './contract-case.ts'
import {
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
  cutOffAt,
  deviceChangedAt,
  hoursAfterNoon,
  limitedTo,
  linkTo,
  noon,
  onDevice,
  oslo,
  plainly,
  queryAt,
  renewedAt,
  revokedAt,
  sampleDevice,
  sampleSession,
  sessionOn,
  windowAt,
} from './sample-session.ts'

async function withTwo(
  create: () => Promise<LastingFixture>,
  use: (one: Storage, two: Storage) => Promise<void>,
): Promise<void> {
  const fixture = await create()
  const [one, two] = [fixture.another(), fixture.another()]
  try {
    // At once: both find nothing and want to make the schema.
    await Promise.all([one.open(), two.open()])
    await use(one, two)
  } finally {
    await Promise.all([one.close(), two.close()])
    await fixture.dispose()
  }
}

async function everythingIsThereAfterReopening(create: () => Promise<LastingFixture>): Promise<void> {
  const fixture = await create()
  const before = fixture.another()
  await before.open()
  const [kept, ended] = [sampleSession('ada'), sampleSession('ada')]
  await Promise.all([
    before.sessions.insert(kept, claiming('key', 'request')),
    before.sessions.insert(ended, plainly),
  ])
  const device = sampleDevice('ada', {
    fingerprints: [{ seenAt: noon, hashes: { canvas: 'abc' } }],
    fingerprintedAt: noon,
  })
  await before.sessions.insert(sessionOn(device, { place: oslo }), onDevice(device))
  await before.devices.replace({ ...device, version: 2, name: 'Laptop' }, deviceChangedAt(noon))
  await before.sessions.replace({ ...kept, version: 2 }, renewedAt(noon))
  await before.sessions.touch([{ id: kept.id, at: hoursAfterNoon(1) }])
  await before.cutOffs.set(cutOffAt({ kind: 'everybody' }, hoursAfterNoon(-9)), changedAt(noon))
  await before.events.append([plainEvent({ type: 'request.refused', at: noon, actor: 'system' })])
  await before.auditLinks.append(linkTo(1), null)
  const hour = { interval: 'hour', start: noon, measure: 'created', dimension: 'all', value: '' } as const
  const rollups = [{ ...hour, count: 1, sum: 0 }]
  await before.rollups.apply({ after: 0, upTo: 1, since: noon, rollups, members: [] })
  await before.alerts.add(sampleAlert(), [])
  await keepHistories(before.alerts, [sampleHistory('ada')])
  await before.alerts.addMute(sampleMute(), [])
  await before.bulkEndings.add(sampleBulkEnding(), [])
  await before.sessions.invalidate({ kind: 'session', id: ended.id, userId: null }, revokedAt(noon))
  const shown = await everythingShown(before)
  await before.close()
  const afterwards = fixture.another()
  await afterwards.open()
  assert.deepEqual(await everythingShown(afterwards), shown)
  const repeated = await afterwards.sessions.insert(sampleSession('ada'), claiming('key', 'request'))
  assert.equal(repeated.kind === 'repeated' && repeated.record.id, kept.id)
  const selection = { kind: 'session', id: ended.id, userId: null } as const
  assert.deepEqual(await afterwards.sessions.invalidate(selection, revokedAt(noon)), [])
  await afterwards.close()
  await fixture.dispose()
}

const everyHour = {
  interval: 'hour',
  from: noon,
  until: hoursAfterNoon(1),
  measures: [],
  dimensions: [],
} as const

async function everythingShown(storage: Storage): Promise<unknown> {
  return {
    sessions: await storage.sessions.list(queryAt(noon), { cursor: null, limit: 100 }),
    devices: await storage.devices.list('ada', 100),
    uses: await storage.statistics.deviceUses('ada', boundsAt(noon)),
    events: await storage.events.read(0, 100),
    cutOffs: await storage.cutOffs.list(100),
    auditLinks: await storage.auditLinks.read(0, 100),
    rollups: await storage.rollups.read(everyHour),
    alerts: await storage.alerts.list(everyAlert(), { cursor: null, limit: 100 }),
    histories: await storage.alerts.histories(['ada']),
    mutes: await storage.alerts.mutes(),
    bulkEndings: await storage.bulkEndings.list(10),
    totals: await storage.statistics.totals(),
    statistics: await storage.statistics.forUser('ada', windowAt(noon)),
  }
}

async function eachSeesTheOther(one: Storage, two: Storage): Promise<void> {
  const record = sampleSession('ada')
  await one.sessions.insert(record, plainly)
  assert.equal((await two.sessions.find(record.id))?.userId, 'ada')
  await two.sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon))
  assert.equal((await one.sessions.find(record.id))?.invalidatedAt, noon)
  assert.equal((await one.statistics.totals()).active, 0)
  const scope = { kind: 'user', userId: 'bob' } as const
  await two.cutOffs.set(cutOffAt(scope, forever), changedAt(noon))
  const refused = await one.sessions.insert(sampleSession('bob'), plainly)
  assert.deepEqual(refused, { kind: 'cut-off', notBefore: forever })
  await one.cutOffs.lift(scope, changedAt(hoursAfterNoon(-1)))
  const accepted = await two.sessions.insert(sampleSession('bob'), plainly)
  assert.equal(accepted.kind, 'inserted')
}

async function othersChangesAreCounted(one: Storage, two: Storage): Promise<void> {
  assert.notEqual(one.sharing.kind, 'exclusive')
  if (one.sharing.kind !== 'counted') return
  const count = one.sharing.changeCounter
  const atFirst = count()
  assert.equal(count(), atFirst)
  await two.sessions.insert(sampleSession('ada'), plainly)
  const afterwards = count()
  assert.notEqual(afterwards, atFirst)
  assert.equal(count(), afterwards)
}

/** Ends by the wake-up; a feed that never wakes is left to the runner's own limit of time. */
async function othersChangesWake(one: Storage, two: Storage): Promise<void> {
  let leave = (): void => {}
  const woken = new Promise<void>((resolve) => {
    leave = one.liveFeed.subscribe(resolve)
  })
  // The feed's own timer may not keep a process alive, so the case does.
  const alive = setInterval(() => {}, 1_000)
  await two.sessions.insert(sampleSession('ada'), plainly)
  await woken
  clearInterval(alive)
  leave()
  assert.equal((await one.events.read(0, 10)).length, 1)
}

async function racesAcrossConnections(one: Storage, two: Storage): Promise<void> {
  const record = sampleSession('ada')
  await one.sessions.insert(record, plainly)
  const calls = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : two))
  const won = await Promise.all(
    calls.map((storage) => storage.sessions.replace({ ...record, version: 2 }, renewedAt(noon))),
  )
  assert.equal(won.filter(Boolean).length, 1)
  const ended = await Promise.all(
    calls.map((storage) =>
      storage.sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon)),
    ),
  )
  assert.equal(ended.flat().length, 1)
  const device = sampleDevice('ada')
  await Promise.all(calls.map(({ sessions }) => sessions.insert(sessionOn(device), onDevice(device))))
  assert.equal((await one.statistics.totals()).active, 1)
  assert.equal((await one.devices.list('ada', 10)).length, 1)
  await Promise.all(
    calls.map(({ sessions }) => sessions.insert(sampleSession('bob'), limitedTo(2, 'end-oldest'))),
  )
  assert.equal(await one.sessions.count(queryAt(noon, { userId: 'bob', state: 'live' })), 2)
  const linked = await Promise.all(calls.map(({ auditLinks }) => auditLinks.append(linkTo(1), null)))
  assert.equal(linked.filter(Boolean).length, 1)
}

async function cutOffsRaceAcrossConnections(one: Storage, two: Storage): Promise<void> {
  const scope = { kind: 'user', userId: 'ada' } as const
  const records = Array.from({ length: 20 }, () => sampleSession('ada'))
  const [outcomes] = await Promise.all([
    Promise.all(records.map((record) => one.sessions.insert(record, plainly))),
    two.cutOffs.set(cutOffAt(scope, forever), changedAt(noon)),
  ])
  for (const [index, { id }] of records.entries()) {
    const found = await one.sessions.find(id)
    assert.equal(found?.notBefore, outcomes[index]?.kind === 'inserted' ? forever : undefined)
  }
  assert.equal(await one.sessions.count(queryAt(noon, { userId: 'ada', state: 'live' })), 0)
  await two.sessions.cleanup(boundsAt(noon), noon, 100)
  assert.equal(await one.statistics.recountActive(), 0)
}

/** For storages whose data outlives them and is shared. */
export function lastingCases(create: () => Promise<LastingFixture>): readonly ContractCase[] {
  return [
    {
      name: 'everything that was acknowledged is there after reopening',
      run: () => everythingIsThereAfterReopening(create),
    },
    {
      name: 'two that open the same empty data at once both work, and each sees what the other did',
      run: () => withTwo(create, eachSeesTheOther),
    },
    {
      name: 'a change counter, where there is one, moves with a change by another, and only then',
      run: () => withTwo(create, othersChangesAreCounted),
    },
    { name: 'a change by another wakes the live feed', run: () => withTwo(create, othersChangesWake) },
    {
      name: 'of concurrent replaces, endings, links and sign-ins on a device or at a limit over two connections exactly as many win as may',
      run: () => withTwo(create, racesAcrossConnections),
    },
    {
      name: 'no session that is created over one connection outlives a cut-off that is set over another',
      run: () => withTwo(create, cutOffsRaceAcrossConnections),
    },
    ...announcing.map(([name, use]) => ({ name, run: () => withTwo(create, use) })),
  ]
}
