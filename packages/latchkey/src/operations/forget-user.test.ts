import { expect, it } from 'vitest'
import { memoryStorage } from '../stores/memory/storage.ts'
import { createSessions } from './sessions.ts'

it('forgets a user: tokens that were accepted a moment ago are unknown, and nothing is counted', async () => {
  const sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command' })
  const first = await sessions.createSession({ userId: 'ada' })
  const second = await sessions.createSession({ userId: 'ada' })
  const other = await sessions.createSession({ userId: 'bob' })
  await sessions.invalidateSession(second.session.id)
  for (const { token } of [first, other]) {
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
  }

  expect(await sessions.forgetUser('ada')).toBe(2)
  expect(await sessions.verifySession(first.token)).toEqual({ active: false, reason: 'unknown' })
  expect(await sessions.verifySession(other.token)).toMatchObject({ active: true })
  expect(await sessions.getSession(second.session.id)).toBeNull()
  expect(await sessions.getSessionAnalytics('ada')).toMatchObject({ totalSessions: 0, activeSessions: 0 })
  expect(await sessions.getTotals()).toMatchObject({ created: 1, active: 1, ended: { revoked: 0 } })
  expect(await sessions.forgetUser('ada')).toBe(0)
  await sessions.close()
})

it('refuses what is no user id', async () => {
  const sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command' })
  await expect(sessions.forgetUser('')).rejects.toMatchObject({ code: 'invalid-argument', field: 'userId' })
  await sessions.close()
})
