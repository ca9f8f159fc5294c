import { afterEach, beforeEach, expect, it } from 'vitest'
import { seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { fakeTimers } from '../testing/fake-timers.ts'
import { createSessions, type Sessions } from './sessions.ts'

let storage: Storage
let sessions: Sessions
let token: string
const timers = fakeTimers()

beforeEach(async () => {
  storage = memoryStorage()
  sessions = await createSessions({
    storage,
    clock: fakeClock(),
    timers,
    cleanup: 'by-command',
    reports: 'automatic',
  })
  token = (await sessions.createSession({ userId: '42' })).token
})

afterEach(() => sessions.close())

async function counted(): Promise<readonly unknown[]> {
  const events = await storage.events.read(0, 100)
  return events.filter(({ type }) => type === 'verifications.counted').map(({ after }) => after)
}

async function show(...tokens: readonly string[]): Promise<void> {
  for (const shown of tokens) await sessions.verifySession(shown)
}

it('tokens that are shown are counted by their outcome, and told once a minute', async () => {
  await show(token, token, 'no token', `${token.slice(0, -4)}AAAA`)
  sessions.verifyCached(token)
  expect(await counted()).toEqual([])
  timers.advance(seconds(60))
  await nextTurn()
  expect(await counted()).toEqual([{ verified: 3, unknown: 2, expired: 0, revoked: 0, pending: 0 }])
  timers.advance(seconds(600))
  await nextTurn()
  expect(await counted()).toHaveLength(1)
})

it('what is counted at the end is told before the storage is closed', async () => {
  await sessions.invalidateSession(token.split('.')[0] ?? '')
  await show(token)
  const told: unknown[] = []
  const append = storage.events.append.bind(storage.events)
  storage.events.append = async (events) => {
    told.push(...events.map(({ after }) => after))
    return append(events)
  }
  await sessions.close()
  expect(told).toEqual([{ verified: 0, unknown: 0, expired: 0, revoked: 1, pending: 0 }])
})

it('a question that the cache cannot answer is counted once, when it is answered', async () => {
  expect(sessions.verifyCached(token)).toBeNull()
  await show(token)
  timers.advance(seconds(60))
  await nextTurn()
  expect(await counted()).toMatchObject([{ verified: 1 }])
})

it('the audit log shows these only to who asks for them by name', async () => {
  await show(token)
  timers.advance(seconds(60))
  await nextTurn()
  const page = { cursor: null, limit: 9 }
  const types = async (filter: object) =>
    (await sessions.listEvents(filter, page)).items.map(({ type }) => type)
  expect(await types({})).toEqual(['session.created'])
  expect(await types({ types: ['verifications.counted'] })).toEqual(['verifications.counted'])
})

it('a process that works by command tells it when it is told to, and no other time', async () => {
  const quiet = await createSessions({ storage: memoryStorage(), timers, cleanup: 'by-command' })
  await quiet.verifySession('no token')
  timers.advance(seconds(600))
  await nextTurn()
  const types = ['verifications.counted'] as const
  const told = async () => (await quiet.listEvents({ types }, { cursor: null, limit: 9 })).items
  expect(await told()).toEqual([])
  await quiet.updateReports()
  await quiet.updateReports()
  expect(await told()).toMatchObject([{ after: { unknown: 1 } }])
  await quiet.close()
})
