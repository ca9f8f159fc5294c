import { expect, it } from 'vitest'
import { BoundedCache } from './bounded-cache.ts'

it('makes each answer once', () => {
  const cache = new BoundedCache<number>(2)
  let made = 0
  const make = () => {
    made += 1
    return made
  }
  expect([cache.getOrMake('a', make), cache.getOrMake('a', make)]).toEqual([1, 1])
})

it('never holds more than its capacity, and lets go of what was unused for longest', () => {
  const cache = new BoundedCache<string>(2)
  cache.getOrMake('a', () => 'first a')
  cache.getOrMake('b', () => 'first b')
  cache.getOrMake('a', () => 'second a')
  cache.getOrMake('c', () => 'first c')
  expect(cache.size).toBe(2)
  expect(cache.getOrMake('a', () => 'third a')).toBe('first a')
  expect(cache.getOrMake('b', () => 'second b')).toBe('second b')
})
