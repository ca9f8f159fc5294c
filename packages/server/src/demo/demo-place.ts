import type { SeededRandom } from './seeded-random.ts'

/** A city that users of the demonstration live in. */
export interface DemoPlace {
  /** As a session shows it. */
  readonly name: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** Degrees north and east of the middle of the city, to a hundredth. */
  readonly at: readonly [latitude: number, longitude: number]
  /** Hours ahead of UTC, without summer time: near enough for a day's habits. */
  readonly utcOffset: number
  readonly weight: number
}

export const demoPlaces: readonly [DemoPlace, ...DemoPlace[]] = [
  { name: 'Oslo, Norway', country: 'NO', at: [59.91, 10.75], utcOffset: 1, weight: 14 },
  { name: 'Bergen, Norway', country: 'NO', at: [60.39, 5.32], utcOffset: 1, weight: 5 },
  { name: 'Stockholm, Sweden', country: 'SE', at: [59.33, 18.07], utcOffset: 1, weight: 9 },
  { name: 'Berlin, Germany', country: 'DE', at: [52.52, 13.4], utcOffset: 1, weight: 11 },
  { name: 'Lyon, France', country: 'FR', at: [45.76, 4.84], utcOffset: 1, weight: 6 },
  { name: 'London, United Kingdom', country: 'GB', at: [51.51, -0.13], utcOffset: 0, weight: 12 },
  { name: 'Lisbon, Portugal', country: 'PT', at: [38.72, -9.14], utcOffset: 0, weight: 4 },
  { name: 'Nairobi, Kenya', country: 'KE', at: [-1.29, 36.82], utcOffset: 3, weight: 4 },
  { name: 'Bengaluru, India', country: 'IN', at: [12.97, 77.59], utcOffset: 5.5, weight: 7 },
  { name: 'Singapore', country: 'SG', at: [1.35, 103.82], utcOffset: 8, weight: 5 },
  { name: 'Osaka, Japan', country: 'JP', at: [34.69, 135.5], utcOffset: 9, weight: 4 },
  { name: 'Melbourne, Australia', country: 'AU', at: [-37.81, 144.96], utcOffset: 10, weight: 4 },
  { name: 'São Paulo, Brazil', country: 'BR', at: [-23.55, -46.63], utcOffset: -3, weight: 5 },
  { name: 'Toronto, Canada', country: 'CA', at: [43.65, -79.38], utcOffset: -5, weight: 6 },
  { name: 'Chicago, United States', country: 'US', at: [41.88, -87.63], utcOffset: -6, weight: 8 },
  { name: 'Seattle, United States', country: 'US', at: [47.61, -122.33], utcOffset: -8, weight: 6 },
]

/** Of `demoPlaces`. */
const hostingCity = 14

/** How many homes of a city have an address of their own in each of the two ranges; more people share them. */
const homesEach = 15

/**
 * Addresses of the ranges that RFC 5737 and RFC 3849 set aside for documentation: they belong to nobody.
 * A home has one, an office shares one, and a phone on the road has another one each time. Each address says
 * which city it is in, so that `demoPlaceSource` can tell.
 */
export function homeAddress(place: DemoPlace, random: SeededRandom): string {
  const host = demoPlaces.indexOf(place) * homesEach + random.integer(1, homesEach)
  return random.chance(0.5) ? `192.0.2.${host}` : `198.51.100.${host}`
}

export function officeAddress(place: DemoPlace): string {
  return `203.0.113.${10 + demoPlaces.indexOf(place)}`
}

export function mobileAddress(place: DemoPlace, random: SeededRandom): string {
  return `2001:db8:${(0x100 + demoPlaces.indexOf(place)).toString(16)}::${interfaceOf(random)}`
}

/** Through somebody else's machine in that city. */
export function vpnAddress(place: DemoPlace, random: SeededRandom): string {
  return `2001:db8:${(0x200 + demoPlaces.indexOf(place)).toString(16)}::${interfaceOf(random)}`
}

/** A rented machine in a city whose data centres many rent from. */
export function hostingAddress(random: SeededRandom): string {
  return `2001:db8:${(0x300 + hostingCity).toString(16)}::${interfaceOf(random)}`
}

function interfaceOf(random: SeededRandom): string {
  const groups = [random.integer(1, 0xffff), random.integer(1, 0xffff), random.integer(1, 0xffff)]
  return groups.map((group) => group.toString(16)).join(':')
}

const usesOfNetworks: Readonly<Record<string, DemoAddress['use']>> = { 1: 'mobile', 2: 'vpn', 3: 'hosting' }

/** Where an address of the demonstration is and what for; null for any other. */
export function demoPlaceOf(address: string): DemoAddress | null {
  const [, network, host] = /^(192\.0\.2|198\.51\.100|203\.0\.113)\.(\d+)$/.exec(address) ?? []
  if (host !== undefined) {
    return network === '203.0.113'
      ? addressAt(Number(host) - 10, 'office')
      : addressAt(Math.floor((Number(host) - 1) / homesEach), 'home')
  }
  const [, use, index] = /^2001:db8:([123])([\da-f]{2}):/.exec(address) ?? []
  if (index === undefined) return null
  return addressAt(Number.parseInt(index, 16), usesOfNetworks[use ?? ''] ?? 'vpn')
}

/** What is known of an address of the demonstration. */
export interface DemoAddress {
  readonly place: DemoPlace
  /** Of the place, in the order of `demoPlaces`. */
  readonly index: number
  readonly use: 'home' | 'office' | 'mobile' | 'vpn' | 'hosting'
}

function addressAt(index: number, use: DemoAddress['use']): DemoAddress | null {
  const place = demoPlaces[index]
  return place ? { place, index, use } : null
}
