import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { flushInterval } from '../cache/activity-writer.ts'
import { hours, minutes, seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { SessionsOptions } from './sessions-options.ts'

let clock: FakeClock
let sessions: Sessions
let timers: FakeTimers

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('a limit of two sessions in %s', (_engine, newStorage) => {
  const open = async (options: Partial<SessionsOptions>): Promise<void> => {
    const given = { storage: newStorage(), clock, timers, sessionLimit: 2, cleanup: 'by-command' } as const
    sessions = await createSessions({ ...given, ...options })
  }
  const signIn = async (roles: string[] = []): Promise<string> => {
    clock.advance(minutes(1))
    return (await sessions.createSession({ userId: '42', roles })).token
  }
  const reasons = async (...tokens: string[]): Promise<unknown[]> => {
    const ids = tokens.map((token) => token.split('.')[0] ?? '')
    return Promise.all(ids.map(async (id) => (await sessions.getSession(id))?.endReason))
  }

  beforeEach(() => {
    clock = fakeClock()
    timers = fakeTimers()
  })
  afterEach(() => sessions.close())

  it('refuses a third where it rejects', async () => {
    await open({ atSessionLimit: 'reject' })
    await signIn()
    await signIn()
    await expect(signIn()).rejects.toMatchObject({ code: 'session-limit-reached', retryable: false })
    expect(await sessions.getSessionCountByUser('42')).toBe(2)
  })

  it('ends the oldest, also in a cache', async () => {
    await open({ atSessionLimit: 'end-oldest' })
    const [first, second] = [await signIn(), await signIn()]
    await sessions.verifySession(first)
    const third = await signIn()
    expect(await reasons(first, second, third)).toEqual(['session-limit', null, null])
    expect(await sessions.verifySession(first)).toEqual({ active: false, reason: 'revoked' })
  })

  it('ends what was unused for longest', async () => {
    await open({})
    const [first, second] = [await signIn(), await signIn()]
    clock.advance(minutes(5))
    await sessions.verifySession(first)
    timers.advance(flushInterval)
    await nextTurn()
    const third = await signIn()
    expect(await reasons(first, second, third)).toEqual([null, 'session-limit', null])
  })

  it('is that of the strictest rule, and of concurrent sign-ins never more remain', async () => {
    await open({ rules: [{ name: 'admins', when: { roles: ['admin'] }, sessionLimit: 1 }] })
    await signIn()
    await signIn(['admin'])
    expect(await sessions.getSessionCountByUser('42')).toBe(1)
    clock.advance(seconds(1))
    await Promise.all(Array.from({ length: 10 }, () => sessions.createSession({ userId: '42' })))
    expect(await sessions.getSessionCountByUser('42')).toBe(2)
  })

  it('does not count what is over by its deadline', async () => {
    await open({ atSessionLimit: 'reject', absoluteLifetime: hours(1) })
    await signIn()
    await signIn()
    clock.advance(hours(1))
    await expect(signIn()).resolves.toMatch(/^ses_/)
  })
})
