import type { NetworkKind } from '../model/place.ts'

/** What one record of an MMDB file says, whichever layout it is written in. */
export interface RecordFacts {
  readonly country: string | null
  readonly region: string | null
  readonly city: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly accuracyRadius: number | null
  readonly asn: number | null
  readonly networkName: string | null
  /** Where the record itself says so; null where it does not. */
  readonly networkKind: NetworkKind | null
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads the layouts that are in use: MaxMind's and DB-IP's own (`country.iso_code`, `city.names.en`,
 * `location.latitude`), the flat one of ip-location-db (`country_code`, `state1`, `latitude`) and the flat one
 * of IPinfo (`country_code`, `asn: 'AS64500'`, `as_name`). Anything else in it is left alone.
 */
export function readPlaceRecord(record: unknown): RecordFacts {
  const fields = fieldsOf(record)
  const city = cityName(nameOf(fields['city']))
  const region =
    nameOf(firstOf(fields['subdivisions'])) ?? nameOf(fields['state1']) ?? nameOf(fields['region'])
  return {
    country: countryOf(fields),
    region,
    city,
    ...coordinatesOf(fields, city !== null),
    asn: asnOf(fields),
    networkName: nameOf(fields['autonomous_system_organization']) ?? nameOf(fields['as_name']),
    networkKind: kindOf({ ...fieldsOf(fields['traits']), ...fields }),
  }
}

/** Codes that are not of one country: ISO 3166-1 keeps `XX` and `ZZ` free, `EU` and `AP` were used for regions. */
const noCountry = new Set(['XX', 'ZZ', 'EU', 'AP', 'T1', 'A1', 'A2', 'O1'])

function countryOf(fields: Fields): string | null {
  const nested = fieldsOf(fields['country'])['iso_code']
  const code = textOf(nested) ?? textOf(fields['country_code']) ?? textOf(fields['country'])
  return code !== null && /^[A-Z]{2}$/.test(code) && !noCountry.has(code) ? code : null
}

/** DB-IP puts the quarter behind the city, `Oslo (Sentrum)`: nearer than such data can know. */
function cityName(name: string | null): string | null {
  return name?.replace(/ \([^)]*\)$/, '') ?? null
}

type Coordinates = Pick<RecordFacts, 'latitude' | 'longitude' | 'accuracyRadius'>

const noCoordinates: Coordinates = { latitude: null, longitude: null, accuracyRadius: null }

/**
 * Without a city and a radius they are the middle of a country, where nobody is; 0, 0 is where they were left
 * empty. Four decimals are 11 m: more is noise of 32-bit numbers.
 */
function coordinatesOf(fields: Fields, hasCity: boolean): Coordinates {
  const location = { ...fields, ...fieldsOf(fields['location']) }
  const [latitude, longitude] = [degrees(location['latitude'], 90), degrees(location['longitude'], 180)]
  const radius = numberOf(location['accuracy_radius'])
  const accuracyRadius = radius !== null && radius > 0 ? radius : null
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return noCoordinates
  return hasCity || accuracyRadius !== null ? { latitude, longitude, accuracyRadius } : noCoordinates
}

function degrees(value: unknown, most: number): number | null {
  const given = typeof value === 'string' && value !== '' ? Number(value) : value
  const number = numberOf(given)
  return number !== null && Math.abs(number) <= most ? Math.round(number * 10_000) / 10_000 : null
}

function asnOf(fields: Fields): number | null {
  const given = fields['autonomous_system_number'] ?? fields['asn']
  const number = typeof given === 'string' ? Number(given.replace(/^AS/i, '') || 'none') : given
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 2 ** 32
    ? number
    : null
}

/** In the order in which they are believed: who comes through Tor from a hosting provider comes through Tor. */
const flags: readonly (readonly [field: string, value: unknown, kind: NetworkKind])[] = [
  ['is_tor_exit_node', true, 'tor'],
  ['is_anonymous_vpn', true, 'vpn'],
  ['is_hosting_provider', true, 'hosting'],
  ['connection_type', 'Cellular', 'mobile'],
  ['user_type', 'cellular', 'mobile'],
  ['user_type', 'hosting', 'hosting'],
  ['user_type', 'residential', 'isp'],
]

function kindOf(traits: Fields): NetworkKind | null {
  return flags.find(([field, value]) => traits[field] === value)?.[2] ?? null
}

function nameOf(value: unknown): string | null {
  const names = fieldsOf(fieldsOf(value)['names'])
  return textOf(value) ?? textOf(names['en'])
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' ? null : text
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}
