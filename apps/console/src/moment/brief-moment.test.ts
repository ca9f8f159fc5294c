import { expect, it } from 'vitest'
import { briefMoment } from './brief-moment.ts'

const now = Date.parse('2026-11-24T12:00:00.000Z')
const day = 24 * 60 * 60 * 1000

it('gives a time for today, a day for this year, and the year where it is far', () => {
  expect(briefMoment(now - 1000, now)).toMatch(/:\d\d/)
  expect(briefMoment(now - 40 * day, now)).toMatch(/Oct/)
  expect(briefMoment(now - 40 * day, now)).not.toMatch(/2026/)
  expect(briefMoment(now - 400 * day, now)).toMatch(/2025/)
})
