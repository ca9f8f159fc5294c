import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Coordinates, greatCircle } from './great-circle.ts'

const coordinates = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})
const halfway = Math.PI * 6371.0088

function byVectors(a: Coordinates, b: Coordinates): number {
  const [u, v] = [vectorOf(a), vectorOf(b)] as const
  const cross = Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
  return 6371.0088 * Math.atan2(cross, u[0] * v[0] + u[1] * v[1] + u[2] * v[2])
}

function vectorOf({ latitude, longitude }: Coordinates): readonly [number, number, number] {
  const [north, east] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180]
  return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)]
}

describe('the distance along the great circle', () => {
  it.each([
    ['Oslo to Singapore', [59.9139, 10.7522], [1.3521, 103.8198], 10_048],
    ['London to New York', [51.5074, -0.1278], [40.7128, -74.006], 5_570],
    ['a degree of the equator over the antimeridian', [0, 179.5], [0, -179.5], 111.2],
    ['Suva to Apia, over the antimeridian', [-18.1416, 178.4419], [-13.8333, -171.7667], 1_151],
    ['pole to pole', [90, 0], [-90, 77], halfway],
    ['along the pole: every longitude is the same place', [90, 0], [90, 123], 0],
    ['over the pole', [89, 0], [89, 180], 222.4],
    ['the same place', [59.9, 10.7], [59.9, 10.7], 0],
    ['the same place by another name', [10, 180], [10, -180], 0],
    ['opposite of each other', [12, 34], [-12, -146], halfway],
    ['opposite, where rounding passes 1', [-43.1866, 0], [43.1866, 180], halfway],
  ])('%s', (_name, [latitudeA = 0, longitudeA = 0], [latitudeB = 0, longitudeB = 0], kilometres) => {
    const a = { latitude: latitudeA, longitude: longitudeA }
    const b = { latitude: latitudeB, longitude: longitudeB }
    expect(Math.abs(greatCircle(a, b) - kilometres)).toBeLessThan(Math.max(0.1, kilometres * 0.003))
  })

  it('is that of another formula, by vectors', () => {
    fc.assert(
      fc.property(coordinates, coordinates, (a, b) => {
        expect(Math.abs(greatCircle(a, b) - byVectors(a, b))).toBeLessThan(1e-3)
      }),
    )
  })

  it('is the same both ways, never negative and never more than half way round', () => {
    fc.assert(
      fc.property(coordinates, coordinates, (a, b) => {
        const there = greatCircle(a, b)
        expect(there).toBeGreaterThanOrEqual(0)
        expect(there).toBeLessThanOrEqual(halfway + 1e-6)
        expect(Math.abs(there - greatCircle(b, a))).toBeLessThan(1e-6)
      }),
    )
  })

  it('is half way round to the other side, from everywhere', () => {
    fc.assert(
      fc.property(coordinates, (a) => {
        const opposite = { latitude: -a.latitude, longitude: a.longitude + 180 }
        expect(Math.abs(greatCircle(a, opposite) - halfway)).toBeLessThan(1e-3)
      }),
      { numRuns: 2_000 },
    )
  })

  it('does not care by how many turns of the globe a longitude is named', () => {
    fc.assert(
      fc.property(coordinates, coordinates, (a, b) => {
        const turned = { ...b, longitude: b.longitude + 360 }
        expect(Math.abs(greatCircle(a, turned) - greatCircle(a, b))).toBeLessThan(1e-3)
      }),
    )
  })
})
