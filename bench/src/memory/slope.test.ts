import { expect, it } from 'vitest'
import { slopeOf } from './slope.ts'

const noise = [3, -1, -4, 1, 5, -9, 2, 6, -5, 3, -5, 8, -9, 7, -9, 3, 2, -3, 8, 4]

it('of a straight line it is exact', () => {
  const samples = noise.map((_, at) => ({ at, value: 100 + 2 * at }))
  expect(slopeOf(samples).perSecond).toBeCloseTo(2, 9)
  expect(slopeOf(samples).plusMinus).toBeCloseTo(0, 6)
})

it('of noise without growth the interval holds zero', () => {
  const { perSecond, plusMinus } = slopeOf(noise.map((value, at) => ({ at, value })))
  expect(Math.abs(perSecond)).toBeLessThan(plusMinus)
})

it('growth well above the noise is told from none', () => {
  const { perSecond, plusMinus } = slopeOf(noise.map((value, at) => ({ at, value: value + 10 * at })))
  expect(perSecond - plusMinus).toBeGreaterThan(0)
})

it('samples that resemble their neighbours make a wider interval than those that do not', () => {
  const waves = slopeOf(noise.map((_, at) => ({ at, value: 6 * Math.sin(at / 3) })))
  const jumps = slopeOf(noise.map((_, at) => ({ at, value: at % 2 === 0 ? 6 : -6 })))
  expect(waves.plusMinus).toBeGreaterThan(jumps.plusMinus)
})
