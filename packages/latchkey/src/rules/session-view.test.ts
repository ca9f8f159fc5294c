import { describe, expect, it } from 'vitest'
import { after, days, minutes } from '../foundation/time.ts'
import { newDeviceId } from '../model/device.ts'
import { unknownPlace } from '../model/place.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { defaultPolicy, type SessionPolicy } from './session-policy.ts'
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

describe('an address and a user agent', () => {
  const known = sampleRecord({ ipAddress: '192.0.2.7', userAgent: 'a browser' })

  it('are shown until their retention is over, whether or not a cleanup has been there', () => {
    const policy = { ...defaultPolicy, addressRetention: days(1), userAgentRetention: days(2) }
    const at = (count: number) => sessionView(known, policy, after(known.createdAt, days(count)))
    expect(at(1)).toMatchObject({ ipAddress: '192.0.2.7', userAgent: 'a browser' })
    expect(at(1.5)).toMatchObject({ ipAddress: null, userAgent: 'a browser' })
    expect(at(2.5)).toMatchObject({ ipAddress: null, userAgent: null })
    expect(sessionView(known, defaultPolicy, after(known.createdAt, days(29)))).toMatchObject({
      ipAddress: '192.0.2.7',
      userAgent: 'a browser',
    })
  })

  it('are shown as the policy of now allows, also where more was kept before', () => {
    const shown = (addressPrivacy: SessionPolicy['addressPrivacy']) =>
      sessionView(known, { ...defaultPolicy, addressPrivacy }, known.createdAt).ipAddress
    expect(shown('truncated')).toBe('192.0.2.0/24')
    expect(shown('none')).toBeNull()
  })
})

it('shows the device and the place of a session', () => {
  const place = { ...unknownPlace, country: 'NO' }
  const deviceId = newDeviceId('42')
  const view = sessionView(sampleRecord({ place, deviceId }), defaultPolicy, record.createdAt)
  expect(view).toMatchObject({ place, deviceId })
})
