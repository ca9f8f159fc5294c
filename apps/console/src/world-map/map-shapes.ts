import { type GeoPermissibleObjects, geoEqualEarth, geoPath } from 'd3-geo'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import atlas from 'world-atlas/countries-110m.json'
import { countryCode } from './country-codes.ts'

/** One country as the map draws it. */
export interface MapShape {
  readonly key: string
  /** ISO 3166-1 alpha-2; null for land of no country. */
  readonly code: string | null
  /** As SVG draws it. */
  readonly path: string
}

/** Of the picture, in its own units. Equal Earth: countries are as large as they are to each other. */
export const mapSize: { readonly width: number; readonly height: number } = { width: 960, height: 430 }

const world = atlas as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>
const { features } = feature(world, world.objects.countries)
/** Antarctica, where nobody signs in, would take a fifth of the height. */
const shown = features.filter(({ properties }) => properties.name !== 'Antarctica')

const projection = geoEqualEarth().fitSize([mapSize.width, mapSize.height], {
  type: 'FeatureCollection',
  features: shown,
} as GeoPermissibleObjects)

/** Where a place is in the picture; null where it is not on it. */
export function spotOf(latitude: number, longitude: number): { x: number; y: number } | null {
  const [x, y] = projection([longitude, latitude]) ?? []
  if (x === undefined || y === undefined || y < 0 || y > mapSize.height) return null
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 }
}

/** Every country of the map. */
export function drawMap(): readonly MapShape[] {
  const draw = geoPath(projection).digits(1)
  return shown.map((country, index) => ({
    key: `${country.id} ${index}`,
    code: countryCode(country.id === undefined ? undefined : String(country.id), country.properties.name),
    path: draw(country as GeoPermissibleObjects) ?? '',
  }))
}
