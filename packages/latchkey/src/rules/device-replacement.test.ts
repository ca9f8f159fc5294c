import { expect, it } from 'vitest'
import { earlierSessionsOf } from './device-replacement.ts'
import { defaultPolicy } from './session-policy.ts'

it('a sign-in on a known device ends its earlier sessions unless the policy keeps them', () => {
  expect(earlierSessionsOf(defaultPolicy)).toBe('end-earlier')
  expect(earlierSessionsOf({ ...defaultPolicy, deviceReplacement: 'keep' })).toBe('keep-earlier')
})
