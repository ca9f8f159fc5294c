import type { SessionAnalytics } from 'latchkey/client'
import { expect, it } from 'vitest'
import { dayInWords, devicesInWords, endedIn, totalInWords } from './activity-figures.ts'

it('counts devices in words, most first', () => {
  expect(devicesInWords({ mobile: 1, desktop: 2, tv: 0 })).toBe('2 desktops, 1 phone')
  expect(devicesInWords({ wearable: 2 })).toBe('2 watches')
  expect(devicesInWords({})).toBe('None')
})

it('adds up the endings of all days', () => {
  const day = { date: '2026-11-23', created: 1, ended: 2 }
  expect(endedIn([day, day])).toBe(4)
})

it('says what happened on a day', () => {
  expect(dayInWords({ date: '2026-11-23', created: 1, ended: 0 })).toBe('1 sign-in, 0 ended')
  expect(dayInWords({ date: '2026-11-23', created: 3, ended: 1 })).toBe('3 sign-ins, 1 ended')
})

it('says how many sessions there have been so far, and which of them are active', () => {
  const analytics = { total_sessions: 3, active_sessions: 2, device_types: { mobile: 2 } }
  expect(totalInWords(analytics as unknown as SessionAnalytics)).toBe(
    '3 sessions so far, 2 of them active: 2 phones.',
  )
  const past = { total_sessions: 1, active_sessions: 0, device_types: {} }
  expect(totalInWords(past as unknown as SessionAnalytics)).toBe('1 session so far, none of them active.')
})
