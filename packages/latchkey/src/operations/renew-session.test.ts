import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { days, hours } from '../foundation/time.ts'
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

  it('gives the session a new token; the old one is unknown at once', async () => {
    const renewed = await sessions.renewSession(old.session.id, { amr: ['pwd', 'otp'] })
    expect(renewed?.session).toMatchObject({
      id: old.session.id,
      createdAt: old.session.createdAt,
      expiresAt: old.session.expiresAt,
      authenticatedAt: clock.now(),
      lastAccessedAt: clock.now(),
      amr: ['pwd', 'otp'],
    })
    expect(await sessions.verifySession(old.token)).toEqual({ active: false, reason: 'unknown' })
    expect(await sessions.verifySession(renewed?.token ?? '')).toMatchObject({
      active: true,
      session: { id: old.session.id, amr: ['pwd', 'otp'] },
    })
  })

  it('asked for several times at once leaves one token that works', async () => {
    const all = await Promise.all(
      Array.from({ length: 5 }, () => sessions.renewSession(old.session.id, { amr: ['pwd'] })),
    )
    const verified = await Promise.all(all.map((renewed) => sessions.verifySession(renewed?.token ?? '')))
    expect(verified.filter(({ active }) => active)).toHaveLength(1)
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
    expect(await sessions.verifySession(old.token)).toEqual({ active: false, reason: 'unknown' })
  })
})
