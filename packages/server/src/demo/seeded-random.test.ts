import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seededRandom } from './seeded-random.ts'

it('brings the same numbers for the same seed, others for another', () => {
  const draw = (seed: string) => Array.from({ length: 20 }, seededRandom(seed).fraction)
  expect(draw('1/person/7')).toEqual(draw('1/person/7'))
  expect(draw('1/person/7')).not.toEqual(draw('1/person/8'))
})

it('stays within what was asked for', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, lowest, width) => {
      const random = seededRandom(seed)
      for (let draws = 0; draws < 20; draws += 1) {
        const number = random.integer(lowest, lowest + width)
        expect(Number.isInteger(number) && number >= lowest && number <= lowest + width).toBe(true)
        expect(random.fraction()).toBeLessThan(1)
      }
    }),
  )
})

it('spreads evenly: a die falls on each side about as often', () => {
  const random = seededRandom('die')
  const counts = [0, 0, 0, 0, 0, 0]
  for (let throws = 0; throws < 6_000; throws += 1) {
    const side = random.integer(0, 5)
    counts[side] = (counts[side] ?? 0) + 1
  }
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150)
})

it('picks as often as the weights say', () => {
  const random = seededRandom('weights')
  const often = { name: 'often', weight: 9 }
  const never = { name: 'never', weight: 0 }
  const seldom = { name: 'seldom', weight: 1 }
  const picks = Array.from({ length: 2_000 }, () => random.pickWeighted([often, never, seldom]).name)
  expect(picks.filter((name) => name === 'never')).toEqual([])
  expect(picks.filter((name) => name === 'often').length).toBeGreaterThan(1_700)
})
