import type { UserSession } from 'latchkey/client'
import { expect, it } from 'vitest'
import { changeText } from './use-arrivals.ts'

const phone: UserSession = {
  id: 'ses_1',
  device_info: {
    type: 'mobile',
    browser: 'Safari',
    browser_version: '18.5',
    os: 'iOS',
    os_version: '18.5',
    location: null,
  },
  created_at: '2026-11-24T04:00:00.000Z',
  last_accessed: null,
  expires_at: '2026-12-24T04:00:00.000Z',
  idle_expires_at: null,
  is_active: true,
  is_current: false,
  device_id: null,
  ip_address: '192.0.2.1',
}

it('says what came and what went', () => {
  expect(changeText([phone], [], () => null)).toBe('New sign-in: iPhone · Safari.')
  expect(changeText([], [phone, phone], () => null)).toBe('Ended: 2 sessions.')
  expect(changeText([phone], [phone], () => null)).toBe(
    'New sign-in: iPhone · Safari. Ended: iPhone · Safari.',
  )
})

it('says nothing about a list that stayed as it was', () => {
  expect(changeText([], [], () => null)).toBeNull()
})
