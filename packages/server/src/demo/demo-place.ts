import type { SeededRandom } from './seeded-random.ts'

/** A city that users of the demonstration live in. */
export interface DemoPlace {
  /** As a session shows it. */
  readonly name: string
  /** Hours ahead of UTC, without summer time: near enough for a day's habits. */
  readonly utcOffset: number
  readonly weight: number
}

export const demoPlaces: readonly [DemoPlace, ...DemoPlace[]] = [
  { name: 'Oslo, Norway', utcOffset: 1, weight: 14 },
  { name: 'Bergen, Norway', utcOffset: 1, weight: 5 },
  { name: 'Stockholm, Sweden', utcOffset: 1, weight: 9 },
  { name: 'Berlin, Germany', utcOffset: 1, weight: 11 },
  { name: 'Lyon, France', utcOffset: 1, weight: 6 },
  { name: 'London, United Kingdom', utcOffset: 0, weight: 12 },
  { name: 'Lisbon, Portugal', utcOffset: 0, weight: 4 },
  { name: 'Nairobi, Kenya', utcOffset: 3, weight: 4 },
  { name: 'Bengaluru, India', utcOffset: 5.5, weight: 7 },
  { name: 'Singapore', utcOffset: 8, weight: 5 },
  { name: 'Osaka, Japan', utcOffset: 9, weight: 4 },
  { name: 'Melbourne, Australia', utcOffset: 10, weight: 4 },
  { name: 'São Paulo, Brazil', utcOffset: -3, weight: 5 },
  { name: 'Toronto, Canada', utcOffset: -5, weight: 6 },
  { name: 'Chicago, United States', utcOffset: -6, weight: 8 },
  { name: 'Seattle, United States', utcOffset: -8, weight: 6 },
]

/**
 * Addresses of the ranges that RFC 5737 and RFC 3849 set aside for documentation: they belong to nobody.
 * A home has one, an office shares one, and a phone on the road has another one each time.
 */
export function homeAddress(random: SeededRandom): string {
  const host = random.integer(1, 254)
  return random.chance(0.5) ? `192.0.2.${host}` : `198.51.100.${host}`
}

export function officeAddress(place: DemoPlace): string {
  return `203.0.113.${10 + demoPlaces.indexOf(place)}`
}

export function mobileAddress(place: DemoPlace, random: SeededRandom): string {
  const network = (0x100 + demoPlaces.indexOf(place)).toString(16)
  const groups = [random.integer(1, 0xffff), random.integer(1, 0xffff), random.integer(1, 0xffff)]
  return `2001:db8:${network}::${groups.map((group) => group.toString(16)).join(':')}`
}
