import { expect, it } from 'vitest'
import { sampleSession } from './session-fixture.fake.ts'
import { changeText } from './use-arrivals.ts'

const phone = sampleSession({
  id: 'ses_1',
  device_info: {
    type: 'mobile',
    browser: 'Safari',
    browser_version: '18.5',
    os: 'iOS',
    os_version: '18.5',
    location: null,
  },
})

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
