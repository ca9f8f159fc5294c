import { describe, expect, it } from 'vitest'
import {
  after,
  before,
  between,
  days,
  earlier,
  hours,
  inSeconds,
  instantOf,
  milliseconds,
  minutes,
  seconds,
  systemClock,
  toIso,
  utcDate,
} from './time.ts'

const noon = instantOf(Date.UTC(2026, 10, 24, 12))

describe('durations', () => {
  it('are milliseconds, whatever they were made of', () => {
    expect([milliseconds(1), seconds(1), minutes(1), hours(1), days(1)]).toEqual([
      1, 1_000, 60_000, 3_600_000, 86_400_000,
    ])
    expect(inSeconds(minutes(2))).toBe(120)
  })
})

describe('instants', () => {
  it('move forward and back by a duration', () => {
    expect(between(noon, after(noon, hours(3)))).toBe(hours(3))
    expect(before(after(noon, days(40)), days(40))).toBe(noon)
    expect(earlier(noon, after(noon, seconds(1)))).toBe(noon)
    expect(earlier(after(noon, seconds(1)), noon)).toBe(noon)
  })

  it('are written in UTC with milliseconds', () => {
    expect(toIso(after(noon, milliseconds(7)))).toBe('2026-11-24T12:00:00.007Z')
  })

  it('change their calendar day at midnight in UTC', () => {
    expect(utcDate(after(noon, milliseconds(hours(12) - 1)))).toBe('2026-11-24')
    expect(utcDate(after(noon, hours(12)))).toBe('2026-11-25')
  })
})

describe('the clock of the machine', () => {
  it('gives whole milliseconds, and a monotonic time that does not run backwards', () => {
    expect(Number.isInteger(systemClock.now())).toBe(true)
    const earlierReading = systemClock.monotonic()
    expect(systemClock.monotonic()).toBeGreaterThanOrEqual(earlierReading)
  })
})
