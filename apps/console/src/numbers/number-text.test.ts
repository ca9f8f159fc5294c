import { expect, it } from 'vitest'
import { counted, countText, roomyCount, shareText, shortCount } from './number-text.ts'

it('writes numbers for people', () => {
  expect(countText(12_408)).toBe('12,408')
  expect(shortCount(12_408)).toBe('12.4K')
  expect([999_999, 1_284_020].map(roomyCount)).toEqual(['999,999', '1.28M'])
  expect([counted(1, 'session'), counted(1200, 'session'), counted(2, 'entry', 'entries')]).toEqual([
    '1 session',
    '1,200 sessions',
    '2 entries',
  ])
})

it.each([
  [0, '0%'],
  [0.0004, 'under 0.1%'],
  [0.004, '0.4%'],
  [0.42, '42%'],
  [0.9996, '99.9%'],
  [1, '100%'],
])('a share of %d reads %s', (share, text) => {
  expect(shareText(share)).toBe(text)
})
