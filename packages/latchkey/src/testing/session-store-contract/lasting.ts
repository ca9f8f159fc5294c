import assert from 'node:assert/strict'
import type { Storage } from '../../ports/storage.ts'
import { announcing } from './announcing.ts'
import type { ContractCase, LastingFixture } from './contract-case.ts'
import {
  boundsAt,
  claiming,
  hoursAfterNoon,
  noon,
  onDevice,
  oslo,
  plainly,
  queryAt,
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
  await before.devices.replace({ ...device, version: 2, name: 'Laptop' }, noon, 'user:ada')
  await before.sessions.replace({ ...kept, version: 2 }, noon, 'user:ada')
  await before.sessions.touch([{ id: kept.id, at: hoursAfterNoon(1) }])
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

async function everythingShown(storage: Storage): Promise<unknown> {
  return {
    sessions: await storage.sessions.list(queryAt(noon), { cursor: null, limit: 100 }),
    devices: await storage.devices.list('ada', 100),
    uses: await storage.statistics.deviceUses('ada', boundsAt(noon)),
    events: await storage.events.read(0, 100),
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
    calls.map((storage) => storage.sessions.replace({ ...record, version: 2 }, noon, 'user:ada')),
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
      name: 'of concurrent replaces, endings and sign-ins on a device over two connections exactly one wins',
      run: () => withTwo(create, racesAcrossConnections),
    },
    ...announcing.map(([name, use]) => ({ name, run: () => withTwo(create, use) })),
  ]
}
