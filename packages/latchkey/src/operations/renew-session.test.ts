import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { days, hours, seconds } from '../foundation/time.ts'
import { newSessionId } from '../model/session-token.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import type { CreatedSession } from './create-session.ts'
import { createSessions, type Sessions } from './sessions.ts'

const away = new LatchkeyError('storage-unavailable', 'the storage is away')

let clock: FakeClock
let replaceFails: boolean
let sessions: Sessions
let old: CreatedSession

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('a renewal in %s', (_engine, newStorage) => {
  beforeEach(async () => {
    clock = fakeClock()
    replaceFails = false
    const storage = interceptedStorage(newStorage(), async (operation, call) => {
      const result = await call()
      if (operation === 'sessions.replace' && replaceFails) throw away
      return result
    })
    sessions = await createSessions({ storage, clock, cleanup: 'by-command' })
    old = await sessions.createSession({ userId: '42', amr: ['pwd'] })
    await sessions.verifySession(old.token)
    clock.advance(hours(1))
  })
  afterEach(() => sessions.close())

  it('gives the session a new token; the old one proves for a while what it proved', async () => {
    const renewed = await sessions.renewSession(old.session.id, { amr: ['pwd', 'otp'] })
    expect(renewed?.session).toMatchObject({
      id: old.session.id,
      createdAt: old.session.createdAt,
      expiresAt: old.session.expiresAt,
      authenticatedAt: clock.now(),
      lastAccessedAt: clock.now(),
      amr: ['pwd', 'otp'],
    })
    expect(await sessions.verifySession(old.token)).toMatchObject({
      active: true,
      session: { amr: ['pwd'], authenticatedAt: old.session.authenticatedAt, assurance: 'aal1' },
      rotationDue: false,
    })
    expect(await sessions.rotateSession(old.token)).toBeNull()
    expect(await sessions.verifySession(renewed?.token ?? '')).toMatchObject({
      active: true,
      session: { id: old.session.id, amr: ['pwd', 'otp'], assurance: 'aal2' },
    })
  })

  it('lets the old token live for 30 s, and then takes it for stolen', async () => {
    const renewed = await sessions.renewSession(old.session.id, { amr: ['pwd'] })
    clock.advance(seconds(30))
    expect(await sessions.verifySession(old.token)).toEqual({ active: false, reason: 'revoked' })
    expect(await sessions.verifySession(renewed?.token ?? '')).toEqual({ active: false, reason: 'revoked' })
    expect(await sessions.getSession(old.session.id)).toMatchObject({
      endReason: 'token-reuse',
      endedBy: 'system',
    })
  })

  it('of privileges proves nothing anew, and gives other roles at once', async () => {
    const renewal = { amr: ['otp'], cause: 'privilege-change', roles: ['admin'] } as const
    const renewed = await sessions.renewSession(old.session.id, renewal)
    expect(renewed?.session).toMatchObject({
      amr: ['pwd'],
      authenticatedAt: old.session.authenticatedAt,
      roles: ['admin'],
    })
    expect(renewed?.token).not.toBe(old.token)
  })

  it('of privileges gives the old token none that it had not, and takes from it those that are gone', async () => {
    const first = await sessions.createSession({ userId: '42', roles: ['reader', 'editor'] })
    const cause = 'privilege-change'
    await sessions.renewSession(first.session.id, { amr: [], cause, roles: ['editor', 'admin'] })
    expect(await sessions.verifySession(first.token)).toMatchObject({
      active: true,
      session: { roles: ['editor'] },
    })
  })

  it('says in the log why it was, and in which request', async () => {
    await sessions.renewSession(old.session.id, { amr: ['pwd'], request: 'r7', by: 'admin:7' })
    const { items } = await sessions.listEvents({ types: ['session.renewed'] }, { cursor: null, limit: 9 })
    expect(items).toMatchObject([{ actor: 'admin:7', request: 'r7', after: { cause: 'reauthentication' } }])
  })

  it('asked for several times at once leaves one token that works, and the one before', async () => {
    const all = await Promise.all(
      Array.from({ length: 5 }, () => sessions.renewSession(old.session.id, { amr: ['pwd'] })),
    )
    const verified = await Promise.all(all.map((renewed) => sessions.verifySession(renewed?.token ?? '')))
    expect(verified.filter(({ active }) => active)).toHaveLength(2)
    expect(await sessions.getSession(old.session.id)).toMatchObject({ isActive: true })
  })

  it('of a session that has ended or expired, or that nobody knows, is null', async () => {
    const ended = await sessions.createSession({ userId: '42' })
    await sessions.invalidateSession(ended.session.id)
    expect(await sessions.renewSession(ended.session.id, { amr: [] })).toBeNull()
    expect(await sessions.renewSession(newSessionId('42'), { amr: [] })).toBeNull()
    expect(await sessions.renewSession('no session', { amr: [] })).toBeNull()
    clock.advance(days(30))
    expect(await sessions.renewSession(old.session.id, { amr: [] })).toBeNull()
  })

  it('is refused for a bad amr', async () => {
    const renewal = sessions.renewSession(old.session.id, { amr: [''] })
    await expect(renewal).rejects.toMatchObject({ code: 'invalid-argument', field: 'amr' })
  })

  it('that the storage made but did not acknowledge leaves no old token in the cache', async () => {
    replaceFails = true
    await expect(sessions.renewSession(old.session.id, { amr: [] })).rejects.toBe(away)
    const warm = sessions.verifyCached(old.token)
    expect(warm).toBeNull()
  })
})
