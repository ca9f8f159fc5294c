import { expect, it } from 'vitest'
import { after, days, instantOf } from '../foundation/time.ts'
import { forgottenBefore } from './retention.ts'
import { defaultPolicy } from './session-policy.ts'

const now = after(instantOf(0), days(100))

it('forgets what ended longer ago than the retention', () => {
  expect(forgottenBefore(defaultPolicy, now)).toBe(after(instantOf(0), days(10)))
})

it('forgets nothing without a retention', () => {
  expect(forgottenBefore({ ...defaultPolicy, retention: null }, now)).toBeNull()
})
