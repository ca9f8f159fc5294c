import { expect, it } from 'vitest'
import { periodText, wouldForgetText } from './retention-words.ts'

it.each([
  [null, 'For ever'],
  [86_400, '1 day'],
  [157_766_400, '1,826 days'],
  [64_800, '18 hours'],
  [5_400, '90 minutes'],
])('a period of %j seconds is told as %s', (seconds, text) => {
  expect(periodText(seconds)).toBe(text)
})

it('says where the count stopped early', () => {
  const kind = { kind: 'events', period_seconds: 86_400, before: '2026-11-28T00:00:00.000Z' } as const
  expect(wouldForgetText({ ...kind, would_forget: 0, is_least: false })).toBe('Nothing')
  expect(wouldForgetText({ ...kind, would_forget: 1, is_least: false })).toBe('1 event')
  expect(wouldForgetText({ ...kind, would_forget: 10_000, is_least: true })).toBe('At least 10,000 events')
})
