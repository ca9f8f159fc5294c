import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seconds } from '../foundation/time.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { createSessions, type Sessions } from './sessions.ts'

let clock: FakeClock
let sessions: Sessions

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const
const firstPage = { cursor: null, limit: 100 }

describe.each(storages)('the log in %s', (_engine, newStorage) => {
  beforeEach(async () => {
    clock = fakeClock()
    sessions = await createSessions({ storage: newStorage(), clock, cleanup: 'by-command' })
  })
  afterEach(() => sessions.close())

  it('holds what was changed, by whom and in which request, the newest first', async () => {
    const { session } = await sessions.createSession({ userId: '42', createdBy: 'service:7', request: 'r1' })
    clock.advance(seconds(1))
    await sessions.invalidateSession(session.id, { by: 'admin:1', reason: 'revoked', request: 'r2' })
    await sessions.createSession({ userId: '43' })
    const { items } = await sessions.listEvents({ sessionId: session.id }, firstPage)
    expect(items).toMatchObject([
      { type: 'session.ended', actor: 'admin:1', request: 'r2', reason: 'revoked', at: clock.now() },
      { type: 'session.created', actor: 'service:7', request: 'r1', reason: null },
    ])
    const since = await sessions.listEvents({ userId: '42', from: clock.now() }, firstPage)
    expect(since.items).toHaveLength(1)
    const until = await sessions.listEvents({ actor: 'service:7', until: clock.now() }, firstPage)
    expect(until.items).toHaveLength(1)
  })

  it('takes what happened elsewhere, as of now, and what the caller does to it later is no part of it', async () => {
    const after = { kind: 'cross-site', nested: { a: 1 } }
    await sessions.recordEvents([{ type: 'request.refused', actor: 'system', request: 'r1', after }])
    after.nested.a = 2
    const { items } = await sessions.listEvents({ types: ['request.refused'] }, firstPage)
    expect(items).toMatchObject([
      {
        ...{ type: 'request.refused', at: clock.now(), userId: null, sessionId: null, deviceId: null },
        ...{ after: { kind: 'cross-site', nested: { a: 1 } }, before: null, digest: null },
      },
    ])
    await sessions.recordEvents([])
  })

  it.each([
    ['events', {}],
    ['events', new Array(501).fill({ type: 'sign-in.failed', actor: 'system' })],
    ['events[0]', [null]],
    ['events[0].type', [{ type: 'something', actor: 'system' }]],
    ['events[0].type', [{ type: 'audit.forgotten', actor: 'system' }]],
    ['events[0].type', [{ type: 'event.erased', actor: 'system' }]],
    [
      'events[1].actor',
      [
        { type: 'sign-in.failed', actor: 'system' },
        { type: 'sign-in.failed', actor: '' },
      ],
    ],
    ['events[0].userId', [{ type: 'sign-in.failed', actor: 'system', userId: '' }]],
    ['events[0].sessionId', [{ type: 'sign-in.failed', actor: 'system', sessionId: 'mine' }]],
    ['events[0].deviceId', [{ type: 'sign-in.failed', actor: 'system', deviceId: 'mine' }]],
    ['events[0].after', [{ type: 'sign-in.failed', actor: 'system', after: { a: 'x'.repeat(4_000) } }]],
    ['events[0].after', [{ type: 'sign-in.failed', actor: 'system', after: { a: '\0' } }]],
    ['events[0].before', [{ type: 'sign-in.failed', actor: 'system', before: { a: '\ud800' } }]],
    ['events[0].before', [{ type: 'sign-in.failed', actor: 'system', before: 'x' }]],
  ])('does not take what is wrong with %s', async (field, events) => {
    await expect(sessions.recordEvents(events as never)).rejects.toMatchObject({
      code: 'invalid-argument',
      field,
    })
    expect((await sessions.listEvents({}, firstPage)).items).toEqual([])
  })

  it.each([
    ['userId', { userId: '' }],
    ['sessionId', { sessionId: 'mine' }],
    ['actor', { actor: '' }],
    ['types', { types: [] }],
    ['types', { types: ['something'] }],
    ['from', { from: 'today' }],
    ['until', { until: 1.5 }],
  ])('is not searched for a bad %s', async (field, filter) => {
    const listing = sessions.listEvents(filter as never, firstPage)
    await expect(listing).rejects.toMatchObject({ code: 'invalid-argument', field })
  })
})
