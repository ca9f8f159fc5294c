import fc from 'fast-check'
import { expect, it } from 'vitest'
import { spanOf, timeLineOf } from './session-span.ts'

const now = Date.parse('2026-11-28T12:00:00.000Z')
const hour = 3_600_000
const iso = (at: number): string => new Date(at).toISOString()

const session = (begin: number, end: number | null) => ({
  created_at: iso(begin),
  ended_at: end === null ? null : iso(end),
  is_active: end === null,
  last_accessed: null,
  expires_at: iso(now + hour),
})

it('stands where it was', () => {
  const sessions = [session(now - 10 * hour, now - 5 * hour), session(now - 2 * hour, null)] as const
  const line = timeLineOf(sessions, now)
  expect(spanOf(sessions[0], line)).toEqual({ start: 0, length: 0.5 })
  const live = spanOf(sessions[1], line)
  expect([live.start, live.start + live.length]).toEqual([0.8, 1])
})

it('is on the line and can be seen, wherever it lies', () => {
  const instant = fc.integer({ min: now - 1000 * hour, max: now + hour })
  fc.assert(
    fc.property(instant, fc.option(instant), (begin, end) => {
      const one = session(begin, end)
      const { start, length } = spanOf(one, timeLineOf([one], now))
      expect(start).toBeGreaterThanOrEqual(0)
      expect(length).toBeGreaterThan(0)
      expect(start + length).toBeLessThanOrEqual(1.000001)
    }),
  )
})
