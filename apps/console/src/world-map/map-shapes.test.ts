import { expect, it } from 'vitest'
import { drawMap, mapSize, spotOf } from './map-shapes.ts'

const shapes = drawMap()

it('draws every country but Antarctica inside of its picture', () => {
  expect(shapes).toHaveLength(176)
  for (const { path, code } of shapes) {
    expect(code).toMatch(/^[A-Z]{2}$/)
    const numbers = [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)]
    expect(numbers.length).toBeGreaterThan(2)
    for (const [, x, y] of numbers) {
      expect(Number(x)).toBeGreaterThanOrEqual(-0.1)
      expect(Number(x)).toBeLessThanOrEqual(mapSize.width + 0.1)
      expect(Number(y)).toBeGreaterThanOrEqual(-0.1)
      expect(Number(y)).toBeLessThanOrEqual(mapSize.height + 0.1)
    }
  }
})

it('puts Norway above Kenya, and Canada left of Japan', () => {
  const place = (code: string): number[] => {
    const [, x, y] =
      /(-?[\d.]+),(-?[\d.]+)/.exec(shapes.find((shape) => shape.code === code)?.path ?? '') ?? []
    return [Number(x), Number(y)]
  }
  expect(place('NO')[1]).toBeLessThan(place('KE')[1] ?? 0)
  expect(place('CA')[0]).toBeLessThan(place('JP')[0] ?? 0)
})

it('finds a place inside of its country’s part of the picture, and none under the lower edge', () => {
  const oslo = spotOf(59.9, 10.7)
  const sydney = spotOf(-33.9, 151.2)
  expect(oslo?.x).toBeLessThan(sydney?.x ?? 0)
  expect(oslo?.y).toBeLessThan(sydney?.y ?? 0)
  expect(spotOf(-89, 0)).toBeNull()
})
