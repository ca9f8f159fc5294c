import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import type { EndReason } from '../model/session.ts'
import { newSessionId } from '../model/session-token.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import type { CreatedSession } from './create-session.ts'
import { createSessions, type Sessions } from './sessions.ts'

const away = new LatchkeyError('storage-unavailable', 'the storage is away')

let clock: FakeClock
let calls: string[]
/** What happens to each call of `sessions.invalidate`. */
let trouble: 'none' | 'refused' | 'made, but not known to be'
let sessions: Sessions
let mine: CreatedSession
let alsoMine: CreatedSession
let somebodys: CreatedSession

const isLive = async ({ token }: CreatedSession): Promise<boolean> =>
  (await sessions.verifySession(token)).active

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('in %s', (_engine, newStorage) => {
  beforeEach(async () => {
    clock = fakeClock()
    calls = []
    trouble = 'none'
    const storage = interceptedStorage(newStorage(), async (operation, call) => {
      calls.push(operation)
      if (operation !== 'sessions.invalidate' || trouble === 'none') return call()
      if (trouble === 'made, but not known to be') await call()
      throw away
    })
    sessions = await createSessions({ storage, clock, cleanup: 'by-command' })
    mine = await sessions.createSession({ userId: '42' })
    alsoMine = await sessions.createSession({ userId: '42' })
    somebodys = await sessions.createSession({ userId: '43' })
    for (const created of [mine, alsoMine, somebodys]) expect(await isLive(created)).toBe(true)
  })
  afterEach(() => sessions.close())

  describe('ending one session', () => {
    it('is final at once, warm cache or not, and touches no other', async () => {
      expect(await sessions.invalidateSession(mine.session.id)).toBe(true)
      expect(await isLive(mine)).toBe(false)
      expect(await isLive(alsoMine)).toBe(true)
      expect(await isLive(somebodys)).toBe(true)
    })

    it('happens once: the second time, nothing ends, and the record says who was first', async () => {
      expect(await sessions.invalidateSession(mine.session.id, { reason: 'logout', by: 'user:42' })).toBe(
        true,
      )
      expect(await sessions.invalidateSession(mine.session.id, { reason: 'revoked', by: 'admin:1' })).toBe(
        false,
      )
      expect(await sessions.getSession(mine.session.id)).toMatchObject({
        isActive: false,
        endedAt: clock.now(),
        endReason: 'logout',
        endedBy: 'user:42',
      })
    })

    it('happens once when twenty ask for it at the same time', async () => {
      const all = await Promise.all(
        Array.from({ length: 20 }, () => sessions.invalidateSession(mine.session.id)),
      )
      expect(all.filter(Boolean)).toHaveLength(1)
    })

    it('is revoked by the system when nothing is said', async () => {
      await sessions.invalidateSession(mine.session.id)
      expect(await sessions.getSession(mine.session.id)).toMatchObject({
        endReason: 'revoked',
        endedBy: 'system',
      })
    })

    it("of a user leaves alone what is somebody else's", async () => {
      expect(await sessions.invalidateSession(somebodys.session.id, { ofUser: '42' })).toBe(false)
      expect(await isLive(somebodys)).toBe(true)
      expect(await sessions.invalidateSession(somebodys.session.id, { ofUser: '43' })).toBe(true)
    })

    it('that nobody knows ends nothing, and one of another shape asks no store', async () => {
      expect(await sessions.invalidateSession(newSessionId('42'))).toBe(false)
      calls.length = 0
      for (const id of ['', 'x', `${mine.session.id}\n`, mine.token, null, 42]) {
        expect(await sessions.invalidateSession(id as string)).toBe(false)
      }
      expect(calls).toEqual([])
    })

    it.each([
      ['reason', { reason: 'boredom' as EndReason }],
      ['by', { by: '' }],
      ['ofUser', { ofUser: '' }],
    ])('is refused for its %s', async (field, options) => {
      const ending = sessions.invalidateSession(mine.session.id, options)
      await expect(ending).rejects.toMatchObject({ code: 'invalid-argument', field })
      expect(await isLive(mine)).toBe(true)
    })
  })

  describe('ending all sessions of a user', () => {
    it('ends them and says how many, and no other user notices', async () => {
      expect(await sessions.invalidateAllUserSessions('42')).toBe(2)
      expect(await Promise.all([mine, alsoMine, somebodys].map(isLive))).toEqual([false, false, true])
      expect(await sessions.invalidateAllUserSessions('42')).toBe(0)
    })

    it('but one leaves that one', async () => {
      expect(await sessions.invalidateAllUserSessions('42', { except: mine.session.id })).toBe(1)
      expect(await Promise.all([mine, alsoMine].map(isLive))).toEqual([true, false])
    })

    it("but one that is no session, or somebody else's, ends them all", async () => {
      expect(await sessions.invalidateAllUserSessions('42', { except: 'no session' })).toBe(2)
      expect(await sessions.invalidateAllUserSessions('43', { except: mine.session.id })).toBe(1)
    })

    it('is refused for a user id of another shape', async () => {
      const ending = sessions.invalidateAllUserSessions('')
      await expect(ending).rejects.toMatchObject({ code: 'invalid-argument', field: 'userId' })
    })
  })

  describe('when the storage fails', () => {
    it('nothing is acknowledged, the error can be retried, and the retry ends it', async () => {
      trouble = 'refused'
      await expect(sessions.invalidateSession(mine.session.id)).rejects.toMatchObject({ retryable: true })
      await expect(sessions.invalidateAllUserSessions('42')).rejects.toMatchObject({ retryable: true })
      trouble = 'none'
      expect(await sessions.invalidateSession(mine.session.id)).toBe(true)
      expect(await isLive(mine)).toBe(false)
    })

    it('after it made the change, no warm cache hides that', async () => {
      trouble = 'made, but not known to be'
      await expect(sessions.invalidateSession(mine.session.id)).rejects.toBe(away)
      expect(await isLive(mine)).toBe(false)
      await expect(sessions.invalidateAllUserSessions('42')).rejects.toBe(away)
      expect(await isLive(alsoMine)).toBe(false)
    })
  })
})
