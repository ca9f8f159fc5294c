import { expect, it } from 'vitest'
import { hours, minutes, seconds } from '../foundation/time.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import { createSessions } from './sessions.ts'

const rules = [
  { name: 'admins', when: { roles: ['admin'] }, absoluteLifetime: hours(1), idleTimeout: minutes(15) },
]

it('what a rule grants is written down at sign-in', async () => {
  const storage = memoryStorage()
  const sessions = await createSessions({ storage, clock: fakeClock(), rules, cleanup: 'by-command' })
  const { session } = await sessions.createSession({ userId: '42', roles: ['admin'], expiresInDays: 9 })
  expect(session).toMatchObject({ expiresBy: 'admins', idleExpiresBy: 'admins' })
  expect(await storage.sessions.find(session.id)).toMatchObject({
    expiresAt: session.createdAt + hours(1),
    idleTimeout: minutes(15),
  })
  const other = await sessions.createSession({ userId: '42' })
  expect(other.session).toMatchObject({ expiresBy: 'default', idleExpiresBy: 'default' })
  await sessions.close()
})

it('a rule that is new holds at once, and the first cleanup writes it down for lists and counts', async () => {
  const database = memoryStorage()
  const clock = fakeClock()
  const calls: string[] = []
  const shared: Storage = interceptedStorage(
    { ...database, close: async () => undefined },
    async (name, call) => {
      calls.push(name)
      return call()
    },
  )
  const before = await createSessions({ storage: shared, clock, cleanup: 'by-command' })
  const admin = await before.createSession({ userId: '42', roles: ['admin'] })
  const other = await before.createSession({ userId: '42' })
  await before.close()
  clock.advance(minutes(16))

  const sessions = await createSessions({ storage: shared, clock, rules, cleanup: 'by-command' })
  expect(await sessions.verifySession(admin.token)).toEqual({ active: false, reason: 'expired' })
  expect(await sessions.getSessionCountByUser('42')).toBe(2)
  expect(await sessions.cleanupExpiredSessions()).toBe(1)
  expect(await sessions.getSessionCountByUser('42')).toBe(1)
  expect(await sessions.getSession(admin.session.id)).toMatchObject({ endReason: 'idle-timeout' })
  expect(await sessions.verifySession(other.token)).toMatchObject({ active: true })
  expect(calls.filter((call) => call === 'sessions.tighten')).toHaveLength(1)

  calls.length = 0
  clock.advance(seconds(1))
  await sessions.cleanupExpiredSessions()
  expect(calls).not.toContain('sessions.list')
  await sessions.close()
})

it('without rules nothing is walked through', async () => {
  const calls: string[] = []
  const storage = interceptedStorage(memoryStorage(), async (name, call) => {
    calls.push(name)
    return call()
  })
  const sessions = await createSessions({ storage, clock: fakeClock(), cleanup: 'by-command' })
  await sessions.cleanupExpiredSessions()
  expect(calls).not.toContain('sessions.list')
  await sessions.close()
})
