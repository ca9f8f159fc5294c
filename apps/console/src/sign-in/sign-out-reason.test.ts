import { expect, it } from 'vitest'
import { isDeliberate, isSignOutReason, signOutReasonText } from './sign-out-reason.ts'

it('has words for each reason that the API may give', () => {
  for (const reason of [
    'logout',
    'expired',
    'idle-timeout',
    'revoked',
    'replaced',
    'session-limit',
    'token-reuse',
    'network-change',
  ] as const) {
    expect(isSignOutReason(reason)).toBe(true)
    expect(signOutReasonText(reason)).toMatch(/\.$/)
  }
})

it('knows which endings the user meant', () => {
  expect(isDeliberate('logout')).toBe(true)
  expect(isDeliberate('everywhere')).toBe(true)
  expect(isDeliberate('revoked')).toBe(false)
})
