import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { days, hours, milliseconds, seconds } from '../foundation/time.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { fakeTimers } from '../testing/fake-timers.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { SessionsOptions } from './sessions-options.ts'

const away = new LatchkeyError('storage-unavailable', 'the storage is away')

describe('the options', () => {
  it('have the defaults of the policy', async () => {
    const sessions = await createSessions({ storage: memoryStorage() })
    expect(sessions.policy).toEqual({
      absoluteLifetime: days(30),
      idleTimeout: days(7),
      rotationInterval: null,
      sessionLimit: null,
      reauthenticationWindow: hours(24),
      networkBinding: 'off',
      rules: [],
      atSessionLimit: 'end-least-recent',
      retention: days(90),
      auditRetention: days(400),
      alertRetention: days(400),
      rollupHourRetention: days(90),
      rollupDayRetention: days(1_826),
      historyRetention: days(400),
      addressPrivacy: 'full',
      addressRetention: null,
      userAgentRetention: null,
      fingerprintRetention: days(90),
      deviceRetention: days(400),
      deviceReplacement: 'replace',
      fingerprinting: 'off',
    })
    await sessions.close()
  })

  it('decide the policy', async () => {
    const sessions = await createSessions({
      storage: memoryStorage(),
      absoluteLifetime: days(1),
      idleTimeout: null,
      rotationInterval: hours(1),
      sessionLimit: 3,
      reauthenticationWindow: null,
      networkBinding: 'end',
      rules: [{ name: 'admins', when: { roles: ['admin'] }, idleTimeout: hours(1) }],
      atSessionLimit: 'reject',
      retention: null,
      auditRetention: null,
      alertRetention: days(5),
      rollupHourRetention: days(6),
      rollupDayRetention: null,
      historyRetention: days(7),
      addressPrivacy: 'truncated',
      addressRetention: days(2),
      userAgentRetention: days(3),
      fingerprintRetention: null,
      deviceRetention: days(4),
      deviceReplacement: 'keep',
      fingerprinting: 'consent',
    })
    expect(sessions.policy).toEqual({
      absoluteLifetime: days(1),
      idleTimeout: null,
      rotationInterval: hours(1),
      sessionLimit: 3,
      reauthenticationWindow: null,
      networkBinding: 'end',
      rules: [{ name: 'admins', when: { roles: ['admin'] }, idleTimeout: hours(1) }],
      atSessionLimit: 'reject',
      retention: null,
      auditRetention: null,
      alertRetention: days(5),
      rollupHourRetention: days(6),
      rollupDayRetention: null,
      historyRetention: days(7),
      addressPrivacy: 'truncated',
      addressRetention: days(2),
      userAgentRetention: days(3),
      fingerprintRetention: null,
      deviceRetention: days(4),
      deviceReplacement: 'keep',
      fingerprinting: 'consent',
    })
    const { session } = await sessions.createSession({ userId: '42' })
    expect(session.idleExpiresAt).toBeNull()
    await sessions.close()
  })

  it('that name nobody to report to leave failures in the background to the warnings of the process', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve))
    const sense = (): never => {
      throw new Error('no database of places')
    }
    const sessions = await createSessions({ storage: memoryStorage(), signals: [{ name: 'place', sense }] })
    await sessions.createSession({ userId: '42' })
    expect(await warned).toMatchObject({
      name: 'LatchkeyWarning',
      message: 'signal place: no database of places',
    })
    await sessions.close()
  })

  const refused: [field: string, options: unknown][] = [
    ['options', undefined],
    ['storage', { storage: undefined }],
    ['storage', { storage: {} }],
    ['storage', { storage: 'app.db' }],
    ['absoluteLifetime', { absoluteLifetime: 0 }],
    ['absoluteLifetime', { absoluteLifetime: milliseconds(30) }],
    ['absoluteLifetime', { absoluteLifetime: days(4_000) }],
    ['absoluteLifetime', { absoluteLifetime: '30d' }],
    ['idleTimeout', { idleTimeout: seconds(0) }],
    ['retention', { retention: -1 }],
    ['addressPrivacy', { addressPrivacy: 'some' }],
    ['addressRetention', { addressRetention: 0 }],
    ['userAgentRetention', { userAgentRetention: '1d' }],
    ['fingerprintRetention', { fingerprintRetention: days(4_000) }],
    ['deviceRetention', { deviceRetention: -1 }],
    ['deviceReplacement', { deviceReplacement: true }],
    ['fingerprinting', { fingerprinting: 'always' }],
    ['places', { places: null }],
    ['places', { places: { name: 'sample', level: 'city' } }],
    ['secret', { secret: new Uint8Array(31) }],
    ['secret', { secret: 'x'.repeat(32) }],
    ['signals', { signals: [{}] }],
    ['cache', { cache: 'disk' }],
    ['cacheSize', { cacheSize: 0 }],
    ['cacheSize', { cacheSize: 1.5 }],
    ['cleanup', { cleanup: true }],
    ['onBackgroundError', { onBackgroundError: 'log' }],
  ]
  it.each(refused)('are refused for a bad %s, before the storage is opened', async (field, options) => {
    const storage = memoryStorage()
    let opened = false
    const watched = {
      ...storage,
      open: async () => {
        opened = true
      },
    }
    const whole =
      options === undefined ? options : { storage: watched, ...(options as Partial<SessionsOptions>) }
    await expect(createSessions(whole as SessionsOptions)).rejects.toMatchObject({
      code: 'invalid-argument',
      field,
    })
    expect(opened).toBe(false)
  })

  it('with a storage that cannot be opened bring what it says', async () => {
    const storage = { ...memoryStorage(), open: () => Promise.reject(away) }
    await expect(createSessions({ storage })).rejects.toBe(away)
  })
})

describe('a storage that is away', () => {
  it('makes every call fail with an error that can be retried, and none with an answer', async () => {
    let isAway = false
    const storage = interceptedStorage(memoryStorage(), (_operation, call) =>
      isAway ? Promise.reject(away) : call(),
    )
    const sessions = await createSessions({
      storage,
      clock: fakeClock(),
      timers: fakeTimers(),
      cache: 'none',
    })
    const { session, token } = await sessions.createSession({ userId: '42' })
    isAway = true
    const attempts: Promise<unknown>[] = [
      sessions.createSession({ userId: '42' }),
      sessions.verifySession(token),
      sessions.getSession(session.id),
      sessions.getActiveSessionsByUser('42'),
      sessions.getSessionCountByUser('42'),
      sessions.getSessionAnalytics('42'),
      sessions.invalidateSession(session.id),
      sessions.invalidateAllUserSessions('42'),
      sessions.renewSession(session.id, { amr: [] }),
      sessions.listSessions({}, { cursor: null, limit: 1 }),
      sessions.countSessions({}),
      sessions.getTotals(),
      sessions.cleanupExpiredSessions(),
      sessions.forgetEndedSessions(),
      sessions.getCleanupState(),
      sessions.ping(),
    ]
    for (const { status, ...outcome } of await Promise.allSettled(attempts)) {
      expect(status).toBe('rejected')
      expect(outcome).toMatchObject({ reason: { name: 'LatchkeyError', retryable: true } })
    }
    isAway = false
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
    expect(await sessions.getSessionCountByUser('42')).toBe(1)
    await sessions.close()
  })
})

describe.each([
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const)('closing, with %s,', (_engine, newStorage) => {
  const calls: string[] = []

  async function open(): Promise<Sessions> {
    calls.length = 0
    const storage = interceptedStorage(newStorage(), (operation, call) => {
      calls.push(operation)
      return call()
    })
    return createSessions({ storage, clock: fakeClock(), timers: fakeTimers() })
  }

  it('writes the uses that wait, and may be asked for twice', async () => {
    const sessions = await open()
    const { token } = await sessions.createSession({ userId: '42' })
    await sessions.verifySession(token)
    await Promise.all([sessions.close(), sessions.close()])
    expect(calls.filter((call) => call === 'sessions.touch')).toHaveLength(1)
  })

  it('is the end of every answer, those of a warm cache included', async () => {
    const sessions = await open()
    const { token } = await sessions.createSession({ userId: '42' })
    await sessions.verifySession(token)
    await sessions.close()
    const closed = { code: 'closed', retryable: false }
    await expect(sessions.verifySession(token)).rejects.toMatchObject(closed)
    await expect(sessions.createSession({ userId: '42' })).rejects.toMatchObject(closed)
    await expect(sessions.ping()).rejects.toMatchObject(closed)
    expect(await sessions.verifySession('no token')).toEqual({ active: false, reason: 'unknown' })
  })
})

describe('two processes on one database', () => {
  it("see each other's endings, renewals and new sessions at once, warm cache or not", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-'))
    const open = (): Promise<Sessions> =>
      createSessions({ storage: sqliteStorage(join(folder, 'sessions.db')), cleanup: 'by-command' })
    const here = await open()
    const there = await open()
    try {
      const ended = await here.createSession({ userId: '42' })
      const renewed = await here.createSession({ userId: '42' })
      for (const sessions of [here, there]) {
        for (const { token } of [ended, renewed]) {
          expect(await sessions.verifySession(token)).toMatchObject({ active: true })
        }
      }
      await there.invalidateSession(ended.session.id)
      const next = await there.renewSession(renewed.session.id, { amr: ['pwd'] })
      for (const sessions of [here, there]) {
        expect(await sessions.verifySession(ended.token)).toEqual({ active: false, reason: 'revoked' })
        expect(await sessions.verifySession(renewed.token)).toMatchObject({ session: { amr: [] } })
        expect(await sessions.verifySession(next?.token ?? '')).toMatchObject({ active: true })
      }
    } finally {
      await Promise.all([here.close(), there.close()])
      await rm(folder, { recursive: true })
    }
  })
})
