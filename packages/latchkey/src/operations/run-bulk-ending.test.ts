import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { before, minutes, seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { fakeTimers } from '../testing/fake-timers.ts'
import { bulkClaimLifetime } from './bulk-runner.ts'
import { bulkBatch, runBulkEnding } from './run-bulk-ending.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { wire } from './wiring.ts'

let clock: FakeClock
let storage: Storage
let sessions: Sessions

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('bulk endings that are disturbed, in %s,', (_engine, newStorage) => {
  beforeEach(async () => {
    clock = fakeClock()
    storage = newStorage()
    sessions = await createSessions({ storage, clock, cleanup: 'by-command' })
  })
  afterEach(() => sessions.close())

  async function create(userId: string, count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      await sessions.createSession({ userId, deviceInfo: { type: 'mobile' } })
    }
  }

  /** Begins one of that many sessions. */
  async function started(filter: string, expected: number): Promise<string> {
    const outcome = await sessions.startBulkEnding({ filter, expected })
    if (outcome.kind !== 'started') throw new Error('It was not begun.')
    return outcome.ending.id
  }

  const liveOnes = () => sessions.countSessions({ state: 'live' })

  it('that broke off between a batch and its note are taken up, and every ending is counted once', async () => {
    await create('42', bulkBatch * 2 + 1)
    const id = await started('type:mobile', bulkBatch * 2 + 1)
    const { replace } = storage.bulkEndings
    storage.bulkEndings.replace = () => Promise.reject(new Error('The process was killed.'))
    await expect(sessions.runBulkEndings()).rejects.toThrow('killed')
    expect(await liveOnes()).toBe(bulkBatch + 1)
    expect(await sessions.getBulkEnding(id)).toMatchObject({ ended: 0, state: 'running' })
    storage.bulkEndings.replace = replace
    clock.advance(bulkClaimLifetime)
    await sessions.runBulkEndings()
    expect(await sessions.getBulkEnding(id)).toMatchObject({ ended: bulkBatch * 2 + 1, state: 'done' })
    expect(await liveOnes()).toBe(0)
  })

  it('that are taken up by a process whose clock is behind count what that one ends, too', async () => {
    await create('42', 3)
    const id = await started('type:mobile', 3)
    const { replace } = storage.bulkEndings
    storage.bulkEndings.replace = () => Promise.reject(new Error('The process was killed.'))
    clock.set(before(clock.now(), seconds(2)))
    await expect(sessions.runBulkEndings()).rejects.toThrow('killed')
    storage.bulkEndings.replace = replace
    await sessions.runBulkEndings()
    expect(await sessions.getBulkEnding(id)).toMatchObject({ ended: 3, state: 'done' })
  })

  it('come to the same end whichever operation of the storage fails, once they go on', async () => {
    for (let failing = 1; failing <= 8; failing += 1) {
      await create(`user-${failing}`, 3)
      const id = await started(`user:user-${failing}`, 3)
      const restore = failNth(storage, failing)
      await sessions.runBulkEndings().catch(() => undefined)
      restore()
      clock.advance(minutes(1))
      await sessions.runBulkEndings()
      expect(await sessions.getBulkEnding(id)).toMatchObject({ ended: 3, state: 'done' })
    }
    expect(await liveOnes()).toBe(0)
  })

  it('are right also when two processes work at one at once', async () => {
    await create('42', bulkBatch * 3)
    const id = await started('type:mobile', bulkBatch * 3)
    const { claim } = storage.workClaims
    storage.workClaims.claim = () => Promise.resolve(true)
    await Promise.all([sessions.runBulkEndings(), sessions.runBulkEndings()])
    storage.workClaims.claim = claim
    expect(await sessions.getBulkEnding(id)).toMatchObject({ ended: bulkBatch * 3, state: 'done' })
  })

  it('count once what was ended by a process that had to wait long, and was overtaken meanwhile', async () => {
    await create('42', bulkBatch * 3)
    const id = await started('type:mobile', bulkBatch * 3)
    const { claim } = storage.workClaims
    storage.workClaims.claim = () => Promise.resolve(true)
    const { invalidate } = storage.sessions
    storage.sessions.invalidate = async (...selected) => {
      storage.sessions.invalidate = invalidate
      const ended = await invalidate(...selected)
      await sessions.runBulkEndings()
      return ended
    }
    await sessions.runBulkEndings()
    storage.workClaims.claim = claim
    expect(await sessions.getBulkEnding(id)).toMatchObject({ ended: bulkBatch * 3, state: 'done' })
  })

  it('end whoever was signing in while they were asked for, and comes to stand before what was looked through', async () => {
    await create('42', bulkBatch + 1)
    clock.advance(seconds(1))
    const id = await started('type:mobile', bulkBatch + 1)
    const { list } = storage.sessions
    storage.sessions.list = async (query, page) => {
      const found = await list(query, page)
      if (page.cursor === null) {
        storage.sessions.list = list
        await create('43', 1)
      }
      return found
    }
    await sessions.runBulkEndings()
    expect(await liveOnes()).toBe(0)
    expect(await sessions.getBulkEnding(id)).toMatchObject({ state: 'done', ended: bulkBatch + 2 })
  })

  it('are cancelled where the administrator who began them was disabled, and what has ended stays ended', async () => {
    await create('42', bulkBatch * 2)
    const by = 'admin:root'
    const outcome = await sessions.startBulkEnding({ filter: 'user:42', expected: bulkBatch * 2 }, { by })
    const id = outcome.kind === 'started' ? outcome.ending.id : ''
    const { replace } = storage.bulkEndings
    storage.bulkEndings.replace = async (...change) => {
      const isReplaced = await replace(...change)
      await sessions.disableUser('root')
      return isReplaced
    }
    await sessions.runBulkEndings()
    expect(await sessions.getBulkEnding(id)).toMatchObject({ state: 'cancelled', ended: bulkBatch })
    expect(await liveOnes()).toBe(bulkBatch)
    const ofJob = { request: id, types: ['bulk-ending.finished'] } as const
    const { items } = await sessions.listEvents(ofJob, { cursor: null, limit: 9 })
    expect(items).toMatchObject([{ actor: 'system', after: { state: 'cancelled', ended: bulkBatch } }])
  })

  it('are not taken for done by who lost them for a moment', async () => {
    await create('42', bulkBatch * 2)
    const id = await started('type:mobile', bulkBatch * 2)
    const ending = await sessions.getBulkEnding(id)
    if (ending === null) throw new Error('It was not begun.')
    let asked = 0
    // Yes at the beginning, for the page of events and for the first batch; then no, and yes again.
    const goesOn = async (): Promise<boolean> => {
      asked += 1
      return asked !== 4
    }
    await runBulkEnding(wire({ storage, clock }), ending, goesOn)
    expect(await sessions.getBulkEnding(id)).toMatchObject({ state: 'running', ended: bulkBatch })
    expect(await liveOnes()).toBe(bulkBatch)
  })

  it('wait where another process is at them', async () => {
    await create('42', 2)
    const id = await started('type:mobile', 2)
    const { claim } = storage.workClaims
    storage.workClaims.claim = () => Promise.resolve(false)
    const counted = vi.spyOn(storage.events, 'list')
    await sessions.runBulkEndings()
    storage.workClaims.claim = claim
    expect(counted).not.toHaveBeenCalled()
    expect(await sessions.getBulkEnding(id)).toMatchObject({ ended: 0, state: 'running' })
  })
})

/** The storage fails with its `nth` operation from now on that a bulk ending needs; returns what mends it. */
function failNth(failing: Storage, nth: number): () => void {
  let count = 0
  const counted = <Arguments extends unknown[], Result>(
    operation: (...all: Arguments) => Promise<Result>,
  ) => {
    return (...all: Arguments): Promise<Result> => {
      count += 1
      return count === nth ? Promise.reject(new Error('The storage is away.')) : operation(...all)
    }
  }
  const { bulkEndings, sessions: store, workClaims, events } = failing
  const before = [
    { ...bulkEndings },
    { invalidate: store.invalidate, list: store.list },
    { ...workClaims },
    { list: events.list },
  ]
  bulkEndings.find = counted(bulkEndings.find)
  bulkEndings.replace = counted(bulkEndings.replace)
  bulkEndings.running = counted(bulkEndings.running)
  store.invalidate = counted(store.invalidate)
  store.list = counted(store.list)
  workClaims.claim = counted(workClaims.claim)
  workClaims.release = counted(workClaims.release)
  events.list = counted(events.list)
  return () => {
    const targets = [bulkEndings, store, workClaims, events]
    for (const [index, target] of targets.entries()) Object.assign(target, before[index])
  }
}

it('a process that runs by itself takes up what another one has begun and left', async () => {
  const [storage, clock, timers] = [memoryStorage(), fakeClock(), fakeTimers()]
  const running = await createSessions({ storage, clock, timers })
  const asking = await createSessions({ storage, clock, cleanup: 'by-command' })
  await running.createSession({ userId: '42' })
  const outcome = await asking.startBulkEnding({ filter: 'user:42', expected: 1 })
  const id = outcome.kind === 'started' ? outcome.ending.id : ''
  timers.advance(seconds(13))
  await settled(async () => (await running.getBulkEnding(id))?.state === 'done')
  expect(await running.getSessionCountByUser('42')).toBe(0)
  await running.createSession({ userId: '43' })
  const own = await running.startBulkEnding({ filter: 'user:43', expected: 1 })
  await settled(async () => {
    const found = await running.getBulkEnding(own.kind === 'started' ? own.ending.id : '')
    return found?.state === 'done'
  })
  await running.close()
})

async function settled(isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 1_000; turn += 1) {
    if (await isSo()) return
    await nextTurn()
  }
  throw new Error('It never was.')
}
