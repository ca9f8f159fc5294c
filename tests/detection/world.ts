import type { NetworkKind, Place } from '../../packages/latchkey/src/model/place.ts'
import type { SeededRandom } from '../faults/seeded-random.ts'

/** A town that people live in, or fly to. */
export interface Town {
  readonly name: string
  readonly country: string
  readonly latitude: number
  readonly longitude: number
  /** Hours that its clocks are ahead of UTC in winter. */
  readonly zone: number
}

function town(name: string, country: string, latitude: number, longitude: number, zone: number): Town {
  return { name, country, latitude, longitude, zone }
}

/** By country, those where people are at home. */
export const homeTowns: readonly Town[] = [
  town('Oslo', 'NO', 59.91, 10.75, 1),
  town('Bergen', 'NO', 60.39, 5.32, 1),
  town('Berlin', 'DE', 52.52, 13.4, 1),
  town('Munich', 'DE', 48.14, 11.58, 1),
  town('Cologne', 'DE', 50.94, 6.96, 1),
  town('Paris', 'FR', 48.86, 2.35, 1),
  town('Lyon', 'FR', 45.76, 4.84, 1),
  town('Mulhouse', 'FR', 47.75, 7.34, 1),
  town('London', 'GB', 51.51, -0.13, 0),
  town('Manchester', 'GB', 53.48, -2.24, 0),
  town('New York', 'US', 40.71, -74.01, -5),
  town('Chicago', 'US', 41.88, -87.63, -6),
  town('Los Angeles', 'US', 34.05, -118.24, -8),
  town('Dallas', 'US', 32.78, -96.8, -6),
]

/** Where people fly to. */
export const farTowns: readonly Town[] = [
  town('Singapore', 'SG', 1.35, 103.82, 8),
  town('Madrid', 'ES', 40.42, -3.7, 1),
  town('Rome', 'IT', 41.9, 12.5, 1),
  town('Tokyo', 'JP', 35.68, 139.69, 9),
  town('Toronto', 'CA', 43.65, -79.38, -5),
  town('Auckland', 'NZ', -36.85, 174.76, 12),
  town('Honolulu', 'US', 21.31, -157.86, -10),
  town('Lisbon', 'PT', 38.72, -9.14, 0),
]

/** Over the border from Mulhouse. */
export const basel: Town = town('Basel', 'CH', 47.56, 7.59, 1)

/** Where attacks come from. */
export const attackTowns: readonly Town[] = [
  town('Lagos', 'NG', 6.52, 3.38, 1),
  town('Bucharest', 'RO', 44.43, 26.1, 2),
  town('Hanoi', 'VN', 21.03, 105.85, 7),
  town('São Paulo', 'BR', -23.55, -46.63, -3),
  town('Jakarta', 'ID', -6.21, 106.85, 7),
  town('Warsaw', 'PL', 52.23, 21.01, 1),
]

/** A network that people are on. */
export interface Net {
  readonly asn: number
  readonly name: string
  readonly kind: NetworkKind
}

/** The same number for the same name: from the range for private use (RFC 6996). */
export function net(name: string, kind: NetworkKind): Net {
  let hash = 7
  for (const character of name) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0
  return { asn: 4_200_000_000 + (hash % 94_000_000), name, kind }
}

/**
 * What place data says of an address there: a little off, as much as it admits two times out of three, and once in a hundred
 * in quite another town of the country.
 */
export function placeAt(random: SeededRandom, where: Town, { asn, name, kind }: Net, radius: number): Place {
  const others = homeTowns.filter(({ country }) => country === where.country)
  const isWrong = random.isBelow(0.01) && others.length > 0
  const shown = isWrong ? random.of(others) : where
  const off = ((random.next() + random.next() - 1) * radius * 1.5) / 111
  return {
    country: shown.country,
    region: null,
    city: shown.name,
    latitude: shown.latitude + off,
    longitude: shown.longitude + off,
    accuracyRadius: radius,
    network: { asn, name, kind },
  }
}

/** Kilometres, by the law of cosines: another formula than that of what is tested. */
export function kilometresBetween(a: Town, b: Town): number {
  const [one, two] = [a, b].map(({ latitude }) => (latitude * Math.PI) / 180)
  const east = ((b.longitude - a.longitude) * Math.PI) / 180
  const [north, south] = [one ?? 0, two ?? 0]
  const cosine = Math.sin(north) * Math.sin(south) + Math.cos(north) * Math.cos(south) * Math.cos(east)
  return 6371 * Math.acos(Math.max(-1, Math.min(1, cosine)))
}
