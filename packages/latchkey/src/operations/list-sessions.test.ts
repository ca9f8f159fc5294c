import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days, minutes, seconds } from '../foundation/time.ts'
import { newDeviceId } from '../model/device.ts'
import { newSessionId } from '../model/session-token.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { sqliteStorage } from '../stores/sqlite/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import type { SessionConditions } from './check-filter.ts'
import { createSessions, type Sessions } from './sessions.ts'

let clock: FakeClock
let sessions: Sessions

const firstPage = { cursor: null, limit: 100 }

const storages = [
  ['memory', memoryStorage],
  ['sqlite', () => sqliteStorage(':memory:')],
] as const

describe.each(storages)('in %s', (_engine, newStorage) => {
  beforeEach(async () => {
    clock = fakeClock()
    sessions = await createSessions({ storage: newStorage(), clock, cleanup: 'by-command' })
  })
  afterEach(() => sessions.close())

  describe('the live sessions of a user', () => {
    it('are there with the newest activity first, noted uses included, and are counted alike', async () => {
      const first = await sessions.createSession({ userId: '42' })
      clock.advance(minutes(1))
      const second = await sessions.createSession({ userId: '42' })
      await sessions.createSession({ userId: '43' })
      clock.advance(minutes(1))
      await sessions.verifySession(first.token)
      const listed = await sessions.getActiveSessionsByUser('42')
      expect(listed.map(({ id }) => id)).toEqual([first.session.id, second.session.id])
      expect(listed.map(({ lastAccessedAt }) => lastAccessedAt)).toEqual([clock.now(), null])
      expect(await sessions.getSession(first.session.id)).toMatchObject({ lastAccessedAt: clock.now() })
      expect(await sessions.getSessionCountByUser('42')).toBe(2)
    })

    it('leave out what has ended, expired or gone unused for too long', async () => {
      const ended = await sessions.createSession({ userId: '42' })
      await sessions.invalidateSession(ended.session.id)
      await sessions.createSession({ userId: '42', expiresInDays: 1 })
      await sessions.createSession({ userId: '42' })
      clock.advance(days(1))
      expect(await sessions.getSessionCountByUser('42')).toBe(1)
      clock.advance(days(6))
      clock.advance(minutes(1))
      expect(await sessions.getActiveSessionsByUser('42')).toEqual([])
      expect(await sessions.getSessionCountByUser('42')).toBe(0)
    })

    it('hold no secret', async () => {
      const { token } = await sessions.createSession({ userId: '42' })
      const text = JSON.stringify(await sessions.getActiveSessionsByUser('42'))
      expect(text).not.toContain(token.split('.')[1])
      expect(text).not.toMatch(/secret|hash/i)
    })
  })

  it('a session that nobody knows is null, as is what is no id', async () => {
    expect(await sessions.getSession(newSessionId('42'))).toBeNull()
    expect(await sessions.getSession('no session')).toBeNull()
  })

  describe('sessions of all users', () => {
    it('come newest first, page by page, by the filter, and are counted alike', async () => {
      for (let index = 0; index < 5; index += 1) {
        await sessions.createSession({
          userId: `user ${index % 2}`,
          deviceInfo: { type: index > 2 ? 'mobile' : 'desktop' },
        })
        clock.advance(seconds(1))
      }
      const page = await sessions.listSessions({}, { cursor: null, limit: 3 })
      const rest = await sessions.listSessions({}, { cursor: page.next, limit: 3 })
      const all = [...page.items, ...rest.items]
      expect(all.map(({ createdAt }) => createdAt)).toEqual(
        [...all.map(({ createdAt }) => createdAt)].sort((a, b) => b - a),
      )
      expect(new Set(all.map(({ id }) => id)).size).toBe(5)
      expect(rest.next).toBeNull()

      const filters: [SessionConditions, number][] = [
        [{ userId: 'user 0' }, 3],
        [{ deviceType: 'mobile' }, 2],
        [{ state: 'ended' }, 0],
        [{ state: 'live', userId: 'user 1' }, 2],
        [{ search: { text: 'user', userIds: [] } }, 5],
        [{ search: { text: 'nobody', userIds: ['user 1'] } }, 2],
      ]
      for (const [filter, count] of filters) {
        expect((await sessions.listSessions(filter, firstPage)).items).toHaveLength(count)
        expect(await sessions.countSessions(filter)).toBe(count)
      }
    })

    it.each([
      ['userId', { userId: '' }],
      ['deviceType', { deviceType: 'toaster' }],
      ['state', { state: 'asleep' }],
      ['ipAddress', { ipAddress: 'x'.repeat(65) }],
      ['search.text', { search: { text: '', userIds: [] } }],
      ['search.userIds', { search: { text: 'x', userIds: Array.from({ length: 501 }, () => 'x') } }],
      ['deviceId', { deviceId: newDeviceId('42') }],
      ['deviceId', { deviceId: 'dev_x', userId: '42' }],
      ['filter', null],
    ])('are refused for a bad %s', async (field, filter) => {
      const expected = { code: 'invalid-argument', field }
      const bad = filter as SessionConditions
      await expect(sessions.listSessions(bad, firstPage)).rejects.toMatchObject(expected)
      await expect(sessions.countSessions(bad)).rejects.toMatchObject(expected)
    })

    it.each([
      ['limit', { cursor: null, limit: 0 }],
      ['limit', { cursor: null, limit: 1_001 }],
      ['limit', { cursor: null, limit: 1.5 }],
      ['cursor', { cursor: 'x'.repeat(513), limit: 1 }],
    ])('are refused for a bad %s of the page', async (field, page) => {
      await expect(sessions.listSessions({}, page)).rejects.toMatchObject({ code: 'invalid-argument', field })
    })
  })
})
