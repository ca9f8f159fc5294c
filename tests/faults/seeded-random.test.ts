import { expect, it } from 'vitest'
import { seededRandom, seedOfPart } from './seeded-random.ts'

const drawn = (seed: number): number[] => {
  const random = seededRandom(seed)
  return Array.from({ length: 20 }, () => random.below(1_000))
}

it('one seed brings the same choices each time, another one others', () => {
  expect(drawn(7)).toEqual(drawn(7))
  expect(drawn(7)).not.toEqual(drawn(8))
})

it('the parts of a run have seeds of their own', () => {
  const seeds = [1, 2, 3].flatMap((seed) => [0, 1, 2, 1_000].map((part) => seedOfPart(seed, part)))
  expect(new Set(seeds).size).toBe(seeds.length)
})

it('chooses among what there is', () => {
  const random = seededRandom(1)
  const chosen = new Set(Array.from({ length: 100 }, () => random.of(['a', 'b', 'c'])))
  expect([...chosen].sort()).toEqual(['a', 'b', 'c'])
  expect(() => random.of([])).toThrow(RangeError)
})
