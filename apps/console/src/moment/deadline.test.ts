import { expect, it } from 'vitest'
import { becauseOf, nextDeadline } from './deadline.ts'

const session = {
  expires_at: '2026-11-25T14:00:00.000Z',
  expires_by: 'admins',
  idle_expires_at: '2026-11-25T09:00:00.000Z',
  idle_expires_by: 'default',
}

it('is the nearer one, with the rule that set it', () => {
  expect(nextDeadline(session)).toEqual({ at: session.idle_expires_at, rule: null })
  expect(nextDeadline({ ...session, idle_expires_at: '2026-11-26T09:00:00.000Z' })).toEqual({
    at: session.expires_at,
    rule: 'admins',
  })
  expect(nextDeadline({ ...session, idle_expires_at: null, idle_expires_by: null }).rule).toBe('admins')
})

it('names a rule as the cause, and neither what holds for everybody nor what was asked for', () => {
  expect(becauseOf(nextDeadline({ ...session, idle_expires_at: null }).rule)).toBe(
    ', because of the rule admins',
  )
  for (const by of ['default', 'requested']) {
    expect(becauseOf(nextDeadline({ ...session, expires_by: by, idle_expires_at: null }).rule)).toBe('')
  }
})
