import { expect, it } from 'vitest'
import { after, days, instantOf } from '../foundation/time.ts'
import {
  alertsForgottenBefore,
  bulkEndingsForgottenBefore,
  forgottenBefore,
  historiesForgottenBefore,
  rollupsForgottenBefore,
} from './retention.ts'
import { defaultPolicy } from './session-policy.ts'

const now = after(instantOf(0), days(100))

it('forgets what ended longer ago than the retention', () => {
  expect(forgottenBefore(defaultPolicy, now)).toBe(after(instantOf(0), days(10)))
})

it('forgets nothing without a retention', () => {
  expect(forgottenBefore({ ...defaultPolicy, retention: null }, now)).toBeNull()
})

it('each kind has a period of its own, or none', () => {
  const policy = {
    ...defaultPolicy,
    alertRetention: days(1),
    historyRetention: days(2),
    rollupHourRetention: days(3),
    rollupDayRetention: days(4),
  }
  const later = after(instantOf(0), days(500))
  const ago = (count: number) => after(instantOf(0), days(500 - count))
  expect(alertsForgottenBefore(policy, later)).toBe(ago(1))
  expect(historiesForgottenBefore(policy, later)).toBe(ago(2))
  expect(rollupsForgottenBefore(policy, 'hour', later)).toBe(ago(3))
  expect(rollupsForgottenBefore(policy, 'day', later)).toBe(ago(4))
  expect(rollupsForgottenBefore({ ...policy, rollupDayRetention: null }, 'day', later)).toBeNull()
  expect(bulkEndingsForgottenBefore(later)).toBe(ago(400))
})
