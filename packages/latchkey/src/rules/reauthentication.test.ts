import { expect, it } from 'vitest'
import { after, hours, milliseconds, minutes } from '../foundation/time.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { isRecentlyAuthenticated, reauthenticationWindow } from './reauthentication.ts'
import { defaultPolicy } from './session-policy.ts'

const session = sampleRecord({ roles: ['admin'] })
const at = session.authenticatedAt

it('a user proved recently who they are until the window is over, and always where there is none', () => {
  expect(isRecentlyAuthenticated(at, hours(24), after(at, milliseconds(hours(24) - 1)))).toBe(true)
  expect(isRecentlyAuthenticated(at, hours(24), after(at, hours(24)))).toBe(false)
  expect(isRecentlyAuthenticated(at, null, after(at, hours(9_999)))).toBe(true)
})

it('the window is that of the strictest rule', () => {
  const rules = [{ name: 'admins', when: { roles: ['admin'] }, reauthenticationWindow: minutes(15) }]
  expect(reauthenticationWindow(defaultPolicy, session)).toBe(hours(24))
  expect(reauthenticationWindow({ ...defaultPolicy, rules }, session)).toBe(minutes(15))
  expect(reauthenticationWindow({ ...defaultPolicy, rules, reauthenticationWindow: null }, session)).toBe(
    minutes(15),
  )
})
