import { expect, it } from 'vitest'
import { dayInWords, devicesInWords, endedIn } from './activity-figures.ts'

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
