import { after, instantOf, minutes } from 'latchkey'
import { expect, it } from 'vitest'
import { movingClock } from './moving-clock.ts'

it('stands still until it is moved, and never goes back', () => {
  const start = instantOf(1_000)
  const clock = movingClock(start)
  expect(clock.now()).toBe(start)
  clock.moveTo(after(start, minutes(5)))
  clock.moveTo(start)
  expect(clock.now()).toBe(after(start, minutes(5)))
  expect(clock.monotonic()).toBe(minutes(5))
})
