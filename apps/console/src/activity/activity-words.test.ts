import type { AuditEntry } from 'latchkey/client'
import { expect, it } from 'vitest'
import { activityWords, passwordAdvice, throughWhom } from './activity-words.ts'
import { sampleEntry } from './audit-entry-fixture.fake.ts'

it('makes a token that came twice stand out, and says what to do', () => {
  const words = activityWords(sampleEntry({ type: 'session.ended', reason: 'token-reuse' }))
  expect(words.look).toBe('alarm')
  expect(words.title).toBe('Somebody else may have had a copy of your sign-in')
  expect(words.advice).toContain('password')
})

it.each<[Partial<AuditEntry>, string]>([
  [{ type: 'session.created' }, 'Signed in'],
  [{ type: 'session.ended', reason: 'logout' }, 'Signed out'],
  [{ type: 'session.created', after: { cause: 'factor' } }, 'A second factor was given'],
  [{ type: 'cut-off.set', after: { scope: 'user' } }, 'All your sessions were ended'],
  [{ type: 'cut-off.set', after: { scope: 'device' } }, 'All sessions on a device were ended'],
])('tells %j as "%s", which asks for nothing', (entry, title) => {
  expect(activityWords(sampleEntry(entry))).toEqual({ title, advice: null, look: 'plain' })
})

it('asks to look twice where somebody else may be behind it', () => {
  const types = [
    'sign-in.failed',
    'sign-in.throttled',
    'session.network-changed',
    'account.password-change-failed',
  ]
  for (const type of types) {
    expect(activityWords(sampleEntry({ type }))).toMatchObject({
      look: 'attention',
      advice: expect.stringContaining(passwordAdvice),
    })
  }
  expect(
    activityWords(sampleEntry({ type: 'session.ended', reason: 'network-change' })).advice,
  ).not.toBeNull()
})

it('leaves what it has no words for to the server', () => {
  const description = 'Something new happened.'
  for (const entry of [{ type: 'session.frozen' }, { type: 'session.ended', reason: 'frost' }])
    expect(activityWords(sampleEntry({ ...entry, description })).title).toBe(description)
})

it('says through whom it was, where that was neither the user nor the program', () => {
  expect(throughWhom('admin:usr_1')).toBe('by an administrator')
  expect(throughWhom('user:usr_1')).toBeNull()
  expect(throughWhom('system')).toBeNull()
})
