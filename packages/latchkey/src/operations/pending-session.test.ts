import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days, minutes, seconds } from '../foundation/time.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import type { CreatedSession } from './create-session.ts'
import { createSessions, type Sessions } from './sessions.ts'

let clock: FakeClock
let sessions: Sessions
let pending: CreatedSession

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('a session that owes a factor, in %s', (_engine, newStorage) => {
  beforeEach(async () => {
    clock = fakeClock()
    sessions = await createSessions({ storage: newStorage(), clock, cleanup: 'by-command' })
    pending = await sessions.createSession({ userId: '42', amr: ['pwd'], stage: 'pending' })
  })
  afterEach(() => sessions.close())

  it('is accepted only where the factor is asked for, and only such a one is there', async () => {
    for (let time = 0; time < 2; time += 1) {
      expect(await sessions.verifySession(pending.token)).toEqual({ active: false, reason: 'pending' })
      expect(await sessions.verifySession(pending.token, { stage: 'pending' })).toMatchObject({
        active: true,
        session: { stage: 'pending', assurance: 'aal1' },
      })
    }
    const complete = await sessions.createSession({ userId: '42' })
    const verification = await sessions.verifySession(complete.token, { stage: 'pending' })
    expect(verification).toEqual({ active: false, reason: 'unknown' })
  })

  it('lasts ten minutes, or as long as was asked for where that is less', async () => {
    expect(pending.session.expiresAt - clock.now()).toBe(minutes(10))
    expect(pending.session.expiresBy).toBe('requested')
    const short = await sessions.createSession({ userId: '42', stage: 'pending', expiresInSeconds: 30 })
    expect(short.session.expiresAt - clock.now()).toBe(seconds(30))
    clock.advance(minutes(10))
    expect(await sessions.verifySession(pending.token)).toEqual({ active: false, reason: 'expired' })
    expect(await sessions.renewSession(pending.session.id, { amr: ['otp'], cause: 'factor' })).toBeNull()
  })

  it('is complete with the factor: both count, it lasts as others do, and its old token is worth nothing', async () => {
    clock.advance(minutes(1))
    const { session, token } = (await sessions.renewSession(pending.session.id, {
      amr: ['otp', 'pwd'],
      cause: 'factor',
    })) ?? { session: null, token: '' }
    expect(session).toMatchObject({
      stage: 'complete',
      amr: ['pwd', 'otp'],
      assurance: 'aal2',
      authenticatedAt: clock.now(),
      expiresBy: 'default',
    })
    expect((session?.expiresAt ?? 0) - clock.now()).toBeGreaterThan(days(30) - minutes(10))
    expect(await sessions.verifySession(pending.token)).toEqual({ active: false, reason: 'unknown' })
    clock.advance(minutes(1))
    expect(await sessions.verifySession(pending.token)).toEqual({ active: false, reason: 'unknown' })
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
  })

  it('is for nothing but the factor, which is for no other session', async () => {
    for (const cause of ['reauthentication', 'privilege-change'] as const) {
      expect(await sessions.renewSession(pending.session.id, { amr: ['pwd'], cause })).toBeNull()
    }
    const complete = await sessions.createSession({ userId: '42' })
    expect(await sessions.renewSession(complete.session.id, { amr: ['otp'], cause: 'factor' })).toBeNull()
  })
})
