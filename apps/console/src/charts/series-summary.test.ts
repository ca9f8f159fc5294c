import { expect, it } from 'vitest'
import { seriesSummary } from './series-summary.ts'

it('tells sums and the highest point, and what is not known', () => {
  const points = [
    { start: '2026-11-26T00:00:00.000Z', values: [2, 0, null] },
    { start: '2026-11-27T00:00:00.000Z', values: [1200, 0, null] },
    { start: '2026-11-28T00:00:00.000Z', values: [3, 0, null] },
  ]
  const text = seriesSummary('Sessions', ['Created', 'Ended', 'Refused'], points, 'day')
  expect(text).toMatch(
    /^Sessions\. Created: 1,205, most at .*27.* with 1,200; Ended: none; Refused: unknown\.$/,
  )
})

it('adds up nothing that is the same in several steps', () => {
  const points = [
    { start: '2026-11-26T00:00:00.000Z', values: [2] },
    { start: '2026-11-27T00:00:00.000Z', values: [7] },
  ]
  expect(seriesSummary('People', ['Users'], points, 'day', 'none')).toMatch(
    /^People\. Users: most at .*27.* with 7\.$/,
  )
})
