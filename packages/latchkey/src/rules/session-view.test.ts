import { expect, it } from 'vitest'
import { after, days, minutes } from '../foundation/time.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { defaultPolicy } from './session-policy.ts'
import { sessionView } from './session-view.ts'

const record = sampleRecord()

it('shows what follows from the record at this moment', () => {
  const view = sessionView(record, defaultPolicy, record.createdAt)
  expect(view).toMatchObject({
    id: record.id,
    isActive: true,
    expiresAt: after(record.createdAt, days(30)),
    idleExpiresAt: after(after(record.createdAt, days(7)), minutes(1)),
  })
  expect(sessionView(record, defaultPolicy, record.expiresAt).isActive).toBe(false)
})

it('shows the deadline under the policy of now', () => {
  const view = sessionView(
    record,
    { ...defaultPolicy, absoluteLifetime: days(1), idleTimeout: null },
    record.createdAt,
  )
  expect(view.expiresAt).toBe(after(record.createdAt, days(1)))
  expect(view.idleExpiresAt).toBeNull()
})

it('shows nothing of the secret', () => {
  const view = sessionView(record, defaultPolicy, record.createdAt)
  expect(Object.values(view)).not.toContain(record.secretHash)
  expect(Object.keys(view)).not.toContain('secretHash')
})
