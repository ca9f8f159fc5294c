import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days, seconds } from '../foundation/time.ts'
import { isBulkEndingId } from '../model/bulk-ending-id.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { bulkBatch } from './run-bulk-ending.ts'
import { createSessions, type Sessions } from './sessions.ts'

let clock: FakeClock
let storage: Storage
let sessions: Sessions

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('bulk endings in %s', (_engine, newStorage) => {
  beforeEach(async () => {
    clock = fakeClock()
    storage = newStorage()
    sessions = await createSessions({ storage, clock, cleanup: 'by-command' })
  })
  afterEach(() => sessions.close())

  async function createOn(type: 'mobile' | 'desktop', count: number, userId?: string): Promise<string[]> {
    const ids: string[] = []
    for (let index = 0; index < count; index += 1) {
      const { session } = await sessions.createSession({
        userId: userId ?? `${type}-${index}`,
        deviceInfo: { type },
      })
      ids.push(session.id)
    }
    return ids
  }

  /** Begins one of as many sessions as it would end. */
  async function started(filter: string, except?: string): Promise<string> {
    const keep = except === undefined ? {} : { except }
    const { count } = await sessions.previewBulkEnding(filter, keep)
    const outcome = await sessions.startBulkEnding({ filter, expected: count, ...keep }, { by: 'admin:1' })
    if (outcome.kind !== 'started') throw new Error('It was not begun.')
    return outcome.ending.id
  }

  const liveOnes = () => sessions.countSessions({ state: 'live' })

  it('show beforehand how many sessions of how many users it is, with the newest', async () => {
    await createOn('desktop', 3)
    await createOn('mobile', 12, '42')
    const ids = await createOn('mobile', 2, '43')
    const preview = await sessions.previewBulkEnding('type:mobile')
    expect(preview).toMatchObject({ count: 14, users: 2 })
    expect(preview.sample).toHaveLength(10)
    expect(await sessions.previewBulkEnding('user:43')).toMatchObject({ count: 2, users: 1 })
    expect(await sessions.previewBulkEnding('user:43', { except: ids[0] ?? '' })).toMatchObject({
      count: 1,
      users: 1,
      sample: [{ id: ids[1] }],
    })
    expect(await sessions.previewBulkEnding('user:42', { except: ids[0] ?? '' })).toMatchObject({ count: 12 })
  })

  it('leave out the user of whom nothing but the kept session would end', async () => {
    const [own = ''] = await createOn('mobile', 1, '42')
    await createOn('mobile', 2, '43')
    expect(await sessions.previewBulkEnding('type:mobile', { except: own })).toMatchObject({
      count: 2,
      users: 1,
    })
  })

  it('end what the filter finds, and nothing else, and say so in the log', async () => {
    await createOn('mobile', bulkBatch + 5, '42')
    const [own = ''] = await createOn('mobile', 1, '7')
    await createOn('desktop', 3)
    const id = await started('type:mobile', own)
    await sessions.runBulkEndings()
    expect(await sessions.getBulkEnding(id)).toMatchObject({
      state: 'done',
      expected: bulkBatch + 5,
      ended: bulkBatch + 5,
      finishedAt: clock.now(),
    })
    expect(await liveOnes()).toBe(4)
    expect(await sessions.getSession(own)).toMatchObject({ isActive: true })
    const [ended] = (await sessions.listSessions({ state: 'ended' }, { cursor: null, limit: 1 })).items
    expect(ended).toMatchObject({ endReason: 'revoked', endedBy: 'admin:1' })
    const events = await sessions.listEvents({ request: id }, { cursor: null, limit: 1_000 })
    expect(events.items.filter(({ type }) => type === 'session.ended')).toHaveLength(bulkBatch + 5)
    expect(events.items[0]).toMatchObject({ type: 'bulk-ending.finished', after: { ended: bulkBatch + 5 } })
    expect(events.items.at(-1)).toMatchObject({
      type: 'bulk-ending.started',
      actor: 'admin:1',
      after: { filter: 'type:mobile', expected: bulkBatch + 5 },
    })
  })

  it('begin only with the number that there is', async () => {
    await createOn('mobile', 3)
    expect(await sessions.startBulkEnding({ filter: 'type:mobile', expected: 2 })).toEqual({
      kind: 'count-changed',
      count: 3,
    })
    await sessions.runBulkEndings()
    expect(await liveOnes()).toBe(3)
    expect(await sessions.listBulkEndings()).toEqual([])
  })

  it('keep no session that none is, and are refused where what they mean cannot be stored', async () => {
    const wanted = { filter: 'state:live', expected: 0, except: 'ses_typo' }
    const ofExcept = { code: 'invalid-argument', field: 'except' }
    await expect(sessions.startBulkEnding(wanted)).rejects.toMatchObject(ofExcept)
    const asked = sessions.previewBulkEnding('state:live', { except: 'ses_typo' })
    await expect(asked).rejects.toMatchObject(ofExcept)
    const words = Array.from({ length: 39 }, (_, index) => `-os:${index}`).join(' ')
    const long = { filter: `${words} created:2025-11-01..2025-11-08`, expected: 0 }
    const ofFilter = { code: 'invalid-argument', field: 'filter' }
    await expect(sessions.startBulkEnding(long)).rejects.toMatchObject(ofFilter)
    await expect(sessions.previewBulkEnding(long.filter)).rejects.toMatchObject(ofFilter)
  })

  it('leave alone what begins later', async () => {
    await createOn('mobile', 2)
    await started('type:mobile')
    clock.advance(seconds(1))
    await createOn('mobile', 1, 'later')
    await sessions.runBulkEndings()
    expect(await liveOnes()).toBe(1)
  })

  it('mean the ages of when they were asked for, also a day later', async () => {
    await createOn('mobile', 1, 'old')
    clock.advance(days(3))
    await createOn('mobile', 1, 'new')
    const id = await started('created:>2d')
    clock.advance(days(1))
    await sessions.runBulkEndings()
    expect(await sessions.getBulkEnding(id)).toMatchObject({ ended: 1, state: 'done' })
    expect(await sessions.getSessionCountByUser('new')).toBe(1)
  })

  it.each([
    ['', /a word at least/],
    ['  ', /a word at least/],
    ['ann', /bare word/],
    ['state:ended', /live/],
    ['colour:red', /no key colour/],
  ])('refuse the filter %j', async (filter, message) => {
    const fault = { code: 'invalid-argument', field: 'filter', message: expect.stringMatching(message) }
    await expect(sessions.previewBulkEnding(filter)).rejects.toMatchObject(fault)
    await expect(sessions.startBulkEnding({ filter, expected: 0 })).rejects.toMatchObject(fault)
  })

  it('are cancelled, and end nothing more', async () => {
    await createOn('mobile', 3)
    const id = await started('state:live')
    expect(await sessions.cancelBulkEnding(id, { by: 'admin:2' })).toMatchObject({ state: 'cancelled' })
    await sessions.runBulkEndings()
    expect(await liveOnes()).toBe(3)
    expect(await sessions.cancelBulkEnding(id)).toMatchObject({ state: 'cancelled', version: 2 })
    const { items } = await sessions.listEvents({ request: id }, { cursor: null, limit: 10 })
    expect(items.map(({ type, actor }) => [type, actor])).toEqual([
      ['bulk-ending.finished', 'admin:2'],
      ['bulk-ending.started', 'admin:1'],
    ])
  })

  it('that are none are null', async () => {
    expect(await sessions.getBulkEnding('nonsense')).toBeNull()
    expect(await sessions.cancelBulkEnding('blk_aaaaaaaaaaaaaaaaaaaaaaaaaa')).toBeNull()
  })

  it('put no address and no user into what the log says of their filter', async () => {
    const id = await started('user:42 ip:192.0.2.7')
    const { items } = await sessions.listEvents({ request: id }, { cursor: null, limit: 10 })
    expect(items[0]).toMatchObject({ userId: '42', after: { filter: '', by_address: true } })
    expect(isBulkEndingId(id)).toBe(true)
  })

  it('name nobody who is forgotten while they run, or before', async () => {
    await createOn('mobile', 1, 'kim')
    const ids = [await started('user:kim type:mobile'), await started('user:kim')]
    await sessions.forgetUser('kim')
    await sessions.cancelBulkEnding(ids[1] ?? '')
    await sessions.runBulkEndings()
    for (const request of ids) {
      const { items } = await sessions.listEvents({ request }, { cursor: null, limit: 1 })
      expect(items).toMatchObject([{ type: 'bulk-ending.finished', userId: null }])
    }
  })

  it('name nobody any more who was forgotten', async () => {
    await createOn('mobile', 2, '4 2')
    const [id, other] = [await started('user:"4 2" type:mobile'), await started('type:mobile')]
    await sessions.runBulkEndings()
    await sessions.forgetUser('4 2')
    expect(await sessions.getBulkEnding(id)).toMatchObject({
      filter: 'user:(forgotten) type:mobile',
    })
    expect(await sessions.getBulkEnding(other)).toMatchObject({ filter: 'type:mobile' })
    const { items } = await sessions.listEvents({}, { cursor: null, limit: 100 })
    expect(JSON.stringify(items)).not.toContain('4 2')
  })
})
