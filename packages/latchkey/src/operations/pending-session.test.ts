import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { after, days, minutes, seconds } from '../foundation/time.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import type { CreatedSession } from './create-session.ts'
import { createSessions, type Sessions } from './sessions.ts'

let clock: FakeClock
let sessions: Sessions
let pending: CreatedSession

const revoked = { active: false, reason: 'revoked' }
const nothing = { session: null, token: '' }

const complete = (amr: readonly string[] = ['otp'], { session }: Pick<CreatedSession, 'session'> = pending) =>
  sessions.renewSession(session.id, { amr, cause: 'factor' })

const idsOf = (created: readonly CreatedSession[]) => created.map(({ session }) => session.id).sort()

async function liveIds(userId = '42') {
  const { items } = await sessions.listSessions({ userId, state: 'live' }, { cursor: null, limit: 50 })
  return items.map(({ id }) => id).sort()
}

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('a session that owes a factor, in %s', (_engine, newStorage) => {
  beforeEach(async () => {
    clock = fakeClock()
    const secret = new Uint8Array(32)
    sessions = await createSessions({ storage: newStorage(), clock, secret, cleanup: 'by-command' })
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
    expect(await sessions.verifySession(pending.token, { stage: 'pending' })).toMatchObject({ active: true })
    clock.advance(minutes(1))
    const { session, token } = (await complete(['otp', 'pwd'])) ?? nothing
    expect(session).toMatchObject({
      stage: 'complete',
      amr: ['pwd', 'otp'],
      assurance: 'aal2',
      createdAt: clock.now(),
      authenticatedAt: clock.now(),
      expiresAt: after(clock.now(), days(30)),
      expiresBy: 'default',
    })
    for (const stage of ['complete', 'pending'] as const) {
      expect(await sessions.verifySession(pending.token, { stage })).toEqual(revoked)
    }
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
    expect(await sessions.verifySession(token, { stage: 'pending' })).toMatchObject({ active: false })
  })

  it('gives its place to a session of its own, with all that is known of it', async () => {
    const first = await sessions.createSession({
      userId: '42',
      stage: 'pending',
      roles: ['editor'],
      ipAddress: '192.0.2.7',
      userAgent: 'Example/1.0',
      deviceInfo: { browser: 'Firefox' },
      deviceTokens: [],
    })
    const factor = { amr: ['otp'], cause: 'factor', by: 'service:s', request: 'req-1' } as const
    const { session } = (await sessions.renewSession(first.session.id, factor)) ?? nothing
    expect(session?.id).not.toBe(first.session.id)
    const { userId, roles, ipAddress, userAgent, deviceInfo, deviceId } = first.session
    expect(deviceId).toBe(first.device?.id)
    expect(session).toMatchObject({ userId, roles, ipAddress, userAgent, deviceInfo, deviceId })
    expect(await sessions.getSession(first.session.id)).toMatchObject({
      isActive: false,
      stage: 'pending',
      endReason: 'replaced',
      endedBy: 'service:s',
    })
    const { items } = await sessions.listEvents({ actor: 'service:s' }, { cursor: null, limit: 50 })
    expect(items.map(({ type, sessionId, request, after }) => [type, sessionId, request, after])).toEqual([
      ['session.ended', first.session.id, 'req-1', null],
      ['session.created', session?.id, 'req-1', { cause: 'factor', completes: first.session.id }],
    ])
    const again = { amr: [], cause: 'factor', roles: ['admin'] } as const
    expect((await sessions.renewSession(pending.session.id, again))?.session.roles).toEqual(['admin'])
  })

  it('is completed once: of fifty at one moment one gets a session, and nobody else anything', async () => {
    const completions = await Promise.all(Array.from({ length: 50 }, () => complete()))
    const [made, ...more] = completions.filter((completion) => completion !== null)
    expect(more).toEqual([])
    expect(await liveIds()).toEqual([made?.session.id])
    expect(await complete()).toBeNull()
  })

  it('cannot be completed once it has ended, or a cut-off concerns it', async () => {
    await sessions.invalidateSession(pending.session.id)
    expect(await complete()).toBeNull()
    const other = await sessions.createSession({ userId: '42', stage: 'pending' })
    await sessions.setCutOff({ kind: 'everybody' })
    clock.advance(minutes(1))
    expect(await complete(['otp'], other)).toBeNull()
    const third = await sessions.createSession({ userId: '42', stage: 'pending' })
    await sessions.disableUser('42')
    expect(await complete(['otp'], third)).toBeNull()
    expect(await liveIds()).toEqual([])
  })

  it('is the same for a repeated call with its key, also once it is completed', async () => {
    const request = { userId: '42', stage: 'pending', idempotencyKey: 'k' } as const
    const first = await sessions.createSession(request)
    expect(await sessions.createSession(request)).toEqual(first)
    await complete(['otp'], first)
    const repeated = await sessions.createSession(request)
    expect(repeated).toMatchObject({
      token: first.token,
      session: { isActive: false, endReason: 'replaced' },
    })
    expect((await liveIds()).length).toBe(2)
  })

  it('ends no session until it is completed: neither the one that it replaces nor those on its device', async () => {
    const named = await sessions.createSession({ userId: '42' })
    const onIt = await sessions.createSession({ userId: '42', deviceTokens: [] })
    const deviceTokens = [onIt.device?.token ?? '']
    const first = await sessions.createSession({
      userId: '42',
      stage: 'pending',
      replaces: named.session.id,
      deviceTokens,
    })
    expect(await liveIds()).toEqual(idsOf([pending, named, onIt, first]))
    // In the same browser once more: what is only pending gives way, and what it was to replace is not forgotten.
    const replaces = first.session.id
    const second = await sessions.createSession({ userId: '42', stage: 'pending', replaces, deviceTokens })
    expect(await liveIds()).toEqual(idsOf([pending, named, onIt, second]))
    const made = (await complete(['otp'], second)) ?? nothing
    expect(await liveIds()).toEqual([pending.session.id, made.session?.id].sort())
    expect((await sessions.getSession(named.session.id))?.endReason).toBe('replaced')
  })

  it('names no session of somebody else that would end', async () => {
    const foreign = await sessions.createSession({ userId: '43' })
    const replaces = foreign.session.id
    const request = { userId: '42', stage: 'pending', replaces } as const
    await complete(['otp'], await sessions.createSession(request))
    expect((await sessions.getSession(replaces))?.isActive).toBe(true)
  })

  it('is for nothing but the factor, which is for no other session', async () => {
    for (const cause of ['reauthentication', 'privilege-change'] as const) {
      expect(await sessions.renewSession(pending.session.id, { amr: ['pwd'], cause })).toBeNull()
    }
    const complete = await sessions.createSession({ userId: '42' })
    expect(await sessions.renewSession(complete.session.id, { amr: ['otp'], cause: 'factor' })).toBeNull()
  })
})

describe.each(storages)('at a limit of sessions, in %s', (_engine, newStorage) => {
  const open = async (atSessionLimit: 'reject' | 'end-oldest') => {
    clock = fakeClock()
    const policy = { sessionLimit: 2, atSessionLimit }
    sessions = await createSessions({ storage: newStorage(), clock, cleanup: 'by-command', ...policy })
  }
  const signIn = (stage: 'complete' | 'pending') =>
    sessions.createSession({ userId: '42', amr: ['pwd'], stage })
  afterEach(() => sessions.close())

  it('whoever knows only a password pushes nobody out, and keeps nobody from signing in', async () => {
    for (const atLimit of ['reject', 'end-oldest'] as const) {
      await open(atLimit)
      const first = await signIn('complete')
      for (let index = 0; index < 5; index += 1) await signIn('pending')
      const second = await signIn('complete')
      expect(await sessions.verifySession(first.token)).toMatchObject({ active: true })
      expect(await sessions.verifySession(second.token)).toMatchObject({ active: true })
      await sessions.close()
    }
  })

  it('a completion ends those that are too many', async () => {
    await open('end-oldest')
    const first = await signIn('complete')
    clock.advance(minutes(1))
    const second = await signIn('complete')
    pending = await signIn('pending')
    expect((await liveIds()).length).toBe(3)
    const made = (await complete()) ?? nothing
    expect(await sessions.verifySession(first.token)).toEqual(revoked)
    expect((await sessions.getSession(first.session.id))?.endReason).toBe('session-limit')
    expect(await liveIds()).toEqual([second.session.id, made.session?.id].sort())
  })

  it('a completion that is refused leaves the session pending, to be completed when there is room', async () => {
    await open('reject')
    const first = await signIn('complete')
    await signIn('complete')
    pending = await signIn('pending')
    await expect(complete()).rejects.toMatchObject({ code: 'session-limit-reached' })
    await sessions.invalidateSession(first.session.id)
    expect(await complete()).not.toBeNull()
  })
})
