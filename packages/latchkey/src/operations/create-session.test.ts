import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { after, days, hours, seconds } from '../foundation/time.ts'
import { unknownDevice } from '../model/device-info.ts'
import { newSessionId } from '../model/session-token.ts'
import type { SignalSource } from '../ports/signal-source.ts'
import { defaultPolicy } from '../rules/session-policy.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import type { NewSession } from './create-session.ts'
import { createSessions, type Sessions } from './sessions.ts'

const secret = new Uint8Array(32).fill(7)

let clock: FakeClock
let sessions: Sessions
let errors: [error: unknown, task: string][]
let signals: SignalSource[]

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('a new session in %s', (_engine, newStorage) => {
  beforeEach(async () => {
    clock = fakeClock()
    errors = []
    signals = []
    const onBackgroundError = (error: unknown, task: string) => void errors.push([error, task])
    sessions = await createSessions({
      storage: newStorage(),
      clock,
      secret,
      signals,
      onBackgroundError,
      cleanup: 'by-command',
    })
  })
  afterEach(() => sessions.close())

  it('is live, belongs to its user, and its token opens it', async () => {
    const { session, token } = await sessions.createSession({
      userId: '42',
      amr: ['pwd', 'otp'],
      ipAddress: '192.0.2.7',
      userAgent: 'a browser',
    })
    expect(session).toEqual({
      id: session.id,
      userId: '42',
      deviceInfo: unknownDevice,
      createdAt: clock.now(),
      lastAccessedAt: null,
      expiresAt: after(clock.now(), days(30)),
      idleExpiresAt: after(after(clock.now(), days(7)), seconds(60)),
      isActive: true,
      authenticatedAt: clock.now(),
      amr: ['pwd', 'otp'],
      expiresBy: 'default',
      idleExpiresBy: 'default',
      assurance: 'aal2',
      roles: [],
      deviceTrust: 'untrusted',
      reauthenticationRequired: false,
      stage: 'complete',
      deviceId: null,
      place: null,
      ipAddress: '192.0.2.7',
      userAgent: 'a browser',
      endedAt: null,
      endReason: null,
      endedBy: null,
    })
    expect(await sessions.getSession(session.id)).toEqual(session)
    expect(await sessions.verifySession(token)).toMatchObject({ active: true, session: { id: session.id } })
  })

  it.each([
    [{ expiresInSeconds: 90 }, seconds(90)],
    [{ expiresInDays: 365 }, days(365)],
    [{ expiresInDays: 0.5 }, hours(12)],
    [{}, defaultPolicy.absoluteLifetime],
  ])('asked for with %j lasts that long', async (asked, lifetime) => {
    const { session } = await sessions.createSession({ userId: '42', ...asked })
    expect(session.expiresAt).toBe(after(clock.now(), lifetime))
  })

  it('takes the place of another one of its user, whose token ends with it', async () => {
    const old = await sessions.createSession({ userId: '42' })
    await sessions.verifySession(old.token)
    const next = await sessions.createSession({ userId: '42', replaces: old.session.id })
    expect(await sessions.verifySession(old.token)).toEqual({ active: false, reason: 'revoked' })
    expect(await sessions.getSession(old.session.id)).toMatchObject({
      endReason: 'replaced',
      endedBy: 'user:42',
    })
    expect(await sessions.verifySession(next.token)).toMatchObject({ active: true })
  })

  it('leaves alone a session of somebody else that it was to replace, and what is no session', async () => {
    const other = await sessions.createSession({ userId: '43' })
    await sessions.createSession({ userId: '42', replaces: other.session.id })
    await sessions.createSession({ userId: '42', replaces: 'no session' })
    expect(await sessions.verifySession(other.token)).toMatchObject({ active: true })
  })

  describe('with an idempotency key', () => {
    const request: NewSession = {
      userId: '42',
      idempotencyKey: 'key 1',
      deviceInfo: { browser: 'Firefox', os: 'Linux' },
    }

    it('comes once, with the same token, however often it is asked for', async () => {
      const first = await sessions.createSession(request)
      clock.advance(hours(23))
      const again = await sessions.createSession({
        ...request,
        deviceInfo: { os: 'Linux', browser: 'Firefox' },
      })
      expect(again).toEqual(first)
      expect(await sessions.getSessionCountByUser('42')).toBe(1)
      expect(await sessions.verifySession(again.token)).toMatchObject({ active: true })
    })

    it('comes once when it is asked for twenty times at once', async () => {
      const all = await Promise.all(Array.from({ length: 20 }, () => sessions.createSession(request)))
      expect(new Set(all.map(({ token }) => token)).size).toBe(1)
      expect(await sessions.getSessionCountByUser('42')).toBe(1)
    })

    it.each([
      ['another user', { userId: '43' }],
      ['another device', { deviceInfo: { browser: 'Chrome' } }],
      ['another lifetime', { expiresInDays: 1 }],
      ['another creator', { createdBy: 'service:1' }],
    ])('is refused for %s', async (_what, change) => {
      await sessions.createSession(request)
      await expect(sessions.createSession({ ...request, ...change })).rejects.toMatchObject({
        code: 'idempotency-conflict',
        field: 'idempotencyKey',
      })
    })

    it('is another one after a day', async () => {
      const first = await sessions.createSession(request)
      clock.advance(hours(25))
      const second = await sessions.createSession(request)
      expect(second.session.id).not.toBe(first.session.id)
      expect(second.token).not.toBe(first.token)
    })

    it('hands out no token that the session has no more', async () => {
      const { session } = await sessions.createSession(request)
      await sessions.renewSession(session.id, { amr: ['pwd'] })
      await expect(sessions.createSession(request)).rejects.toMatchObject({ code: 'idempotency-conflict' })
    })
  })

  it('learns of its device from the signals, later ones winning and the caller over all', async () => {
    signals.push(
      {
        name: 'first',
        sense: ({ userAgent }) => ({ browser: userAgent ?? 'none', os: 'Linux', type: 'desktop' }),
      },
      { name: 'second', sense: () => ({ os: 'Android', osVersion: null, location: 'x'.repeat(1_000) }) },
    )
    const { session } = await sessions.createSession({
      userId: '42',
      userAgent: 'Chrome',
      deviceInfo: { type: 'tablet' },
    })
    expect(session.deviceInfo).toEqual({
      ...unknownDevice,
      type: 'tablet',
      browser: 'Chrome',
      os: 'Android',
      location: 'x'.repeat(200),
    })
  })

  it('is made even when a signal fails, which is reported', async () => {
    const failure = new Error('no database of places')
    const sense = () => {
      throw failure
    }
    signals.push({ name: 'place', sense }, { name: 'type', sense: () => ({ type: 'bot' }) })
    const { session } = await sessions.createSession({ userId: '42' })
    expect(session.deviceInfo.type).toBe('bot')
    expect(errors).toEqual([[failure, 'signal place']])
  })

  it('keeps a long header cut, not refused', async () => {
    const { session } = await sessions.createSession({ userId: '42', userAgent: `\0${'🔑'.repeat(2_000)}` })
    expect(session.userAgent?.length).toBeLessThanOrEqual(1_024)
    expect(session.userAgent?.isWellFormed()).toBe(true)
  })

  it.each([1, 255])('is made for a user id of %i characters', async (length) => {
    const { session, token } = await sessions.createSession({ userId: 'é'.repeat(length) })
    expect(session.userId).toHaveLength(length)
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
  })

  const refused: [field: string, request: unknown][] = [
    ['request', null],
    ['request', 'text'],
    ['userId', {}],
    ['userId', { userId: '' }],
    ['userId', { userId: 'x'.repeat(256) }],
    ['userId', { userId: 42 }],
    ['userId', { userId: 'a\0b' }],
    ['userId', { userId: '\ud800' }],
    ['expiresInDays', { expiresInDays: 0 }],
    ['expiresInDays', { expiresInDays: 3_654 }],
    ['expiresInDays', { expiresInDays: Number.NaN }],
    ['expiresInDays', { expiresInDays: '30' }],
    ['expiresInSeconds', { expiresInSeconds: 0.5 }],
    ['expiresInSeconds', { expiresInSeconds: -1 }],
    ['expiresInSeconds', { expiresInSeconds: Number.POSITIVE_INFINITY }],
    ['expiresInSeconds', { expiresInSeconds: 60, expiresInDays: 1 }],
    ['deviceInfo', { deviceInfo: 'Chrome' }],
    ['deviceInfo.type', { deviceInfo: { type: 'toaster' } }],
    ['deviceInfo.browser', { deviceInfo: { browser: 'x'.repeat(101) } }],
    ['deviceInfo.browser', { deviceInfo: { browser: null } }],
    ['deviceInfo.osVersion', { deviceInfo: { osVersion: 11 } }],
    ['deviceInfo.location', { deviceInfo: { location: 'x'.repeat(201) } }],
    ['ipAddress', { ipAddress: 'localhost' }],
    ['ipAddress', { ipAddress: '192.0.2.256' }],
    ['userAgent', { userAgent: 1 }],
    ['clientHints', { clientHints: { 'sec-ch-ua': 1 } }],
    ['amr', { amr: 'pwd' }],
    ['amr', { amr: [''] }],
    ['amr', { amr: Array.from({ length: 17 }, () => 'pwd') }],
    ['idempotencyKey', { idempotencyKey: '' }],
    ['createdBy', { createdBy: '' }],
  ]
  it.each(refused)('is refused for its %s: %j', async (field, request) => {
    const asked = typeof request === 'object' && request !== null && field !== 'userId' && field !== 'request'
    const whole = asked ? { userId: '42', ...request } : request
    await expect(sessions.createSession(whole as NewSession)).rejects.toMatchObject({
      code: 'invalid-argument',
      field,
    })
    expect(await sessions.getTotals()).toMatchObject({ created: 0 })
  })

  it('ignores fields that it does not know, and those that are undefined', async () => {
    const request = { userId: '42', colour: 'red', deviceInfo: { browser: undefined, shape: 'round' } }
    const { session } = await sessions.createSession(request as unknown as NewSession)
    expect(session.deviceInfo).toEqual(unknownDevice)
  })
})

it('an idempotency key needs the secret of the options', async () => {
  const without = await createSessions({ storage: memoryStorage(), clock, cleanup: 'by-command' })
  await expect(without.createSession({ userId: '42', idempotencyKey: 'key' })).rejects.toMatchObject({
    code: 'invalid-argument',
    field: 'idempotencyKey',
  })
})

it('ids of one user are made anew each time', () => {
  expect(newSessionId('42')).not.toBe(newSessionId('42'))
})
