import { expect, it } from 'vitest'
import { departing, takeIntendedDeparture } from './intended-departure.ts'

it('knows the reason while the ending is still under way, and tells it once', async () => {
  await departing('everywhere', async () => {
    expect(takeIntendedDeparture()).toBe('everywhere')
  })
  expect(takeIntendedDeparture()).toBeNull()
})

it('forgets the reason when the ending fails', async () => {
  await expect(departing('logout', () => Promise.reject(new Error('offline')))).rejects.toThrow('offline')
  expect(takeIntendedDeparture()).toBeNull()
})
