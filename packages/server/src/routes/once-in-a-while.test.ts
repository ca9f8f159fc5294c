import { minutes } from 'latchkey'
import { fakeClock } from 'latchkey/testing'
import { expect, it } from 'vitest'
import { onceInAWhile } from './once-in-a-while.ts'

it('a name is news once within the time, and again after it', () => {
  const clock = fakeClock()
  const isNews = onceInAWhile(minutes(1), clock)
  expect([isNews('a'), isNews('a'), isNews('b')]).toEqual([true, false, true])
  clock.advance(minutes(1))
  expect([isNews('a'), isNews('a')]).toEqual([true, false])
})

it('a flood of names takes no more than so much memory: the oldest is forgotten first', () => {
  const isNews = onceInAWhile(minutes(1), fakeClock())
  for (let index = 0; index < 50_001; index += 1) isNews(String(index))
  expect([isNews('50000'), isNews('0')]).toEqual([false, true])
})
