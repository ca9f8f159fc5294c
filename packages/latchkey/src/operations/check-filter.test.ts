import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { days, type Instant } from '../foundation/time.ts'
import { parseFilter } from '../rules/filter-grammar.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import type { SessionConditions } from './check-filter.ts'
import { createSessions, type Sessions } from './sessions.ts'

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('conditions on sessions in %s', (_engine, newStorage) => {
  let clock: FakeClock
  let sessions: Sessions

  beforeAll(async () => {
    clock = fakeClock()
    sessions = await createSessions({ storage: newStorage(), clock, cleanup: 'by-command' })
    const create = (userId: string, type: 'mobile' | 'desktop', browser: string, ipAddress: string) =>
      sessions.createSession({ userId, ipAddress, deviceInfo: { type, browser, os: 'Linux' } })
    await create('old', 'mobile', 'Chrome', '192.0.2.1')
    clock.advance(days(3))
    const { token } = await create('used', 'desktop', 'Firefox', '192.0.2.2')
    await create('new', 'desktop', 'Chrome', '2001:db8:1::7')
    clock.advance(days(1))
    await sessions.verifySession(token)
  })
  afterAll(() => sessions.close())

  it.each([
    ['', ['new', 'old', 'used']],
    ['type:mobile', ['old']],
    ['-type:mobile', ['new', 'used']],
    ['browser:chrome os:linux -type:mobile', ['new']],
    ['browser:Chrome,Firefox type:desktop', ['new', 'used']],
    ['country:unknown network:unknown', ['new', 'old', 'used']],
    ['-country:unknown', []],
    ['ip:192.0.2.0/24', ['old', 'used']],
    ['ip:192.0.2.2', ['used']],
    ['ip:2001:db8:1:9::/48', ['new']],
    ['created:<2d', ['new', 'used']],
    ['created:>=4d', ['old']],
    ['active:<1h', ['used']],
    ['active:>12h', ['new', 'old']],
    ['risk:info', []],
    ['state:ended', []],
    ['us', ['used']],
  ])('a filter finds the sessions that it says: %s', async (text, users) => {
    const reading = parseFilter(text, clock.now())
    if (reading.kind === 'fault') throw new Error(reading.fault.message)
    const { search, ...others } = reading.filter
    const conditions = { ...others, search: search === null ? null : { text: search, userIds: [] } }
    const { items } = await sessions.listSessions(conditions, { cursor: null, limit: 10 })
    expect(items.map(({ userId }) => userId).sort()).toEqual(users)
    expect(await sessions.countSessions(conditions)).toBe(users.length)
  })

  it('a type of device is one facet more', async () => {
    const facets = [{ facet: 'browser', is: 'one-of', values: ['Chrome'] }] as const
    expect(await sessions.countSessions({ deviceType: 'mobile', facets })).toBe(1)
    expect(await sessions.countSessions({ deviceType: 'desktop' })).toBe(2)
  })

  const soon = 'soon' as unknown as Instant
  it.each<[string, SessionConditions]>([
    ['facets', { facets: 'country' as never }],
    ['facets', { facets: Array.from({ length: 41 }, () => ({ facet: 'os', is: 'one-of', values: ['a'] })) }],
    ['facets[0]', { facets: [null as never] }],
    ['facets[0].facet', { facets: [{ facet: 'colour' as never, is: 'one-of', values: ['a'] }] }],
    ['facets[0].is', { facets: [{ facet: 'os', is: 'like' as never, values: ['a'] }] }],
    ['facets[0].values', { facets: [{ facet: 'os', is: 'one-of', values: [] }] }],
    ['facets[0].values', { facets: [{ facet: 'os', is: 'one-of', values: ['a\0'] }] }],
    ['created.from', { created: { from: soon, until: null } }],
    ['created', { created: 7 as never }],
    ['lastActive.until', { lastActive: { from: null, until: soon } }],
    ['addressRange', { addressRange: '192.0.2.0/25' }],
    ['addressRange', { addressRange: '192.0.2.7/24' }],
    ['addressRange', { addressRange: '192.0.2.7' }],
    ['risk', { risk: 'severe' as never }],
  ])('one at fault is named: %s', async (field, conditions) => {
    const fault = { code: 'invalid-argument', field }
    await expect(sessions.countSessions(conditions)).rejects.toMatchObject(fault)
    await expect(sessions.listSessions(conditions, { cursor: null, limit: 1 })).rejects.toMatchObject(fault)
  })
})

it('networks are not told by a search where nothing is kept of addresses', async () => {
  const sessions = await createSessions({
    storage: memoryStorage(),
    addressPrivacy: 'none',
    cleanup: 'by-command',
  })
  await sessions.createSession({ userId: '42', ipAddress: '192.0.2.7' })
  expect(await sessions.countSessions({ addressRange: '192.0.2.0/24' })).toBe(0)
  await sessions.close()
})

it('a network is found where no more than it is kept of addresses', async () => {
  const sessions = await createSessions({
    ...{ storage: memoryStorage(), addressPrivacy: 'truncated', cleanup: 'by-command' },
  } as const)
  await sessions.createSession({ userId: '42', ipAddress: '192.0.2.7' })
  expect(await sessions.countSessions({ addressRange: '192.0.2.0/24' })).toBe(1)
  await sessions.close()
})
