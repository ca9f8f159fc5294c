import { expect, it } from 'vitest'
import { instantOf, minutes, toIso } from '../foundation/time.ts'
import { fakeClock } from './fake-clock.ts'

it('a fake clock stands still at the start of 2026 until it is moved', () => {
  const clock = fakeClock()
  expect(toIso(clock.now())).toBe('2026-01-01T00:00:00.000Z')
  expect(clock.now()).toBe(clock.now())
  expect(fakeClock(instantOf(5)).now()).toBe(5)
})

it('advancing moves both clocks and setting moves the wall clock only', () => {
  const clock = fakeClock(instantOf(1_000))
  clock.advance(minutes(1))
  expect([clock.now(), clock.monotonic()]).toEqual([61_000, 60_000])
  clock.set(instantOf(0))
  expect([clock.now(), clock.monotonic()]).toEqual([0, 60_000])
})
