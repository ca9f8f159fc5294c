import { type Duration, days, hours, minutes } from '../foundation/time.ts'
import type { NetworkKind, Place } from '../model/place.ts'
import type { Sighting } from '../model/sighting.ts'

const countryNames = new Intl.DisplayNames('en', { type: 'region' })
const countryCode = /^[A-Z]{2}$/

/** `Norway`; the code where it has no name. */
export function countryInWords(code: string): string {
  return countryCode.test(code) ? (countryNames.of(code) ?? code) : code
}

/** `Oslo`, or as much as is known. */
export function placeInWords({ city, region, country }: Place): string {
  return city ?? region ?? (country === null ? 'an unknown place' : countryInWords(country))
}

/** `AS64500 Example Telecom`; null where its number is unknown. */
export function networkInWords(place: Place | null): string | null {
  const network = place?.network ?? null
  if (network === null || network.asn === null) return null
  return network.name === null ? `AS${network.asn}` : `AS${network.asn} ${network.name}`
}

const kinds: Partial<Record<NetworkKind, string>> = {
  hosting: 'a hosting network',
  vpn: 'a VPN',
  tor: 'Tor',
}

/** `a VPN`; null of kinds that there is nothing to say of. */
export function networkKindInWords(kind: NetworkKind): string | null {
  return kinds[kind] ?? null
}

/** `Chrome on Windows`, or as much as is known. */
export function clientInWords({ device: { browser, os }, client }: Sighting): string {
  const known = [browser, os].filter((name) => name !== 'unknown')
  if (known.length > 0) return known.join(' on ')
  return client === 'program' ? 'a program' : 'an unknown client'
}

/** `10,040` */
export function numberInWords(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** `1 device`, `3 devices` */
export function countInWords(count: number, noun: string): string {
  return `${numberInWords(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** `42 minutes`, `3 hours`, `12 days`: in the largest unit of which there are two. */
export function durationInWords(duration: Duration): string {
  if (duration >= days(2)) return countInWords(Math.floor(duration / days(1)), 'day')
  if (duration >= hours(2)) return countInWords(Math.floor(duration / hours(1)), 'hour')
  if (duration >= minutes(1)) return countInWords(Math.floor(duration / minutes(1)), 'minute')
  return 'less than a minute'
}
