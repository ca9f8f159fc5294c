import { describe, expect, it } from 'vitest'
import { relativeMoment } from './relative-moment.ts'

const now = Date.parse('2026-11-24T12:00:00.000Z')
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('a moment in the past', () => {
  it.each([
    [0, 'just now'],
    [80_000, 'just now'],
    [2 * minute, '2 minutes ago'],
    [59 * minute, '59 minutes ago'],
    [hour, '1 hour ago'],
    [2 * hour - 1, '1 hour ago'],
    [23 * hour, '23 hours ago'],
    [day, '1 day ago'],
    [45 * day, '45 days ago'],
    [60.5 * day, '60 days ago'],
    [61 * day, '2 months ago'],
    [100 * day, '3 months ago'],
    [731 * day, '2 years ago'],
    [800 * day, '2 years ago'],
  ])('%i milliseconds ago reads "%s"', (ago, words) => {
    expect(relativeMoment(now - ago, now, 'past')).toBe(words)
  })

  it('is just now where the server’s clock is ahead of this one', () => {
    expect(relativeMoment(now + 5 * minute, now, 'past')).toBe('just now')
  })
})

describe('a moment to come', () => {
  it.each([
    [30_000, 'in a moment'],
    [2 * minute, 'in 2 minutes'],
    [hour - 1, 'in 1 hour'],
    [day - 1000, 'in 1 day'],
    [30 * day - 5000, 'in 30 days'],
  ])('%i milliseconds on reads "%s"', (on, words) => {
    expect(relativeMoment(now + on, now, 'future')).toBe(words)
  })

  it('is never told as past', () => {
    expect(relativeMoment(now - hour, now, 'future')).toBe('in a moment')
  })
})
