import { expect, it } from 'vitest'
import { blankAhead } from './not-yet.ts'

it('leaves out what has not begun yet', () => {
  const points = [
    { start: '2026-11-28T12:00:00.000Z', values: [0, 0] },
    { start: '2026-11-28T13:00:00.000Z', values: [0, null] },
  ]
  const [past, ahead] = blankAhead(points, Date.parse('2026-11-28T12:30:00.000Z'))
  expect(past?.values).toEqual([0, 0])
  expect(ahead?.values).toEqual([null, null])
})

it('hides no number, even where the clock of the browser is slow', () => {
  const points = [{ start: '2026-11-28T13:00:00.000Z', values: [0, 3] }]
  expect(blankAhead(points, 0)).toEqual(points)
})
