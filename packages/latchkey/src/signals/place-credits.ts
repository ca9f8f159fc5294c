import { type Instant, instantOf } from '../foundation/time.ts'
import type { PlaceData } from '../ports/place-source.ts'

type Credit = Omit<PlaceData, 'builtAt'>

const dbIp = {
  licence: 'CC-BY-4.0',
  attribution: 'IP Geolocation by DB-IP',
  url: 'https://db-ip.com',
} as const

/** By the name of the package that a file lies in (`node_modules/@ip-location-db/…`), from its licence files. */
const packages: Readonly<Record<string, Credit>> = {
  'dbip-country-mmdb': { name: 'DB-IP IP to Country Lite', ...dbIp },
  'dbip-city-mmdb': { name: 'DB-IP IP to City Lite', ...dbIp },
  asn: {
    name: 'Route Views, NRO and DB-IP: IP to ASN, merged by ip-location-db',
    licence: 'CC-BY-4.0',
    attribution:
      'Networks by Route Views (routeviews.org), the NRO (nro.net) and DB-IP (db-ip.com), merged by ip-location-db',
    url: 'https://github.com/sapics/ip-location-db',
  },
  'geo-whois-asn-country-mmdb': {
    name: 'ip-location-db GeoFeed + Whois + ASN to Country',
    licence: 'CC-BY-4.0',
    attribution: 'Statistics of the Number Resource Organization (nro.net)',
    url: 'https://github.com/sapics/ip-location-db',
  },
}

/** By the type that a file of one's own says it is. */
const types: readonly (readonly [begin: string, credit: Omit<Credit, 'name'>])[] = [
  [
    'GeoLite2',
    {
      licence: 'GeoLite2 End User License Agreement',
      attribution:
        'This product includes GeoLite2 Data created by MaxMind, available from https://www.maxmind.com',
      url: 'https://www.maxmind.com',
    },
  ],
  ['DBIP-', { ...dbIp, licence: 'CC-BY-4.0 (Lite), or as agreed with DB-IP' }],
  [
    'ipinfo',
    {
      licence: 'CC-BY-SA-4.0 (Lite), or as agreed with IPinfo',
      attribution: 'IP address data powered by IPinfo',
      url: 'https://ipinfo.io',
    },
  ],
]

/** What is due to those who made the data in a file; `type` is what the file says of itself, null where it says nothing. */
export function creditOf(path: string, type: string | null): Credit {
  const known = packages[packageOf(path)?.name ?? '']
  if (known !== undefined) return known
  const name = type || (path.split(/[\\/]/).at(-1) ?? path)
  const [, credit] = types.find(([begin]) => name.startsWith(begin)) ?? []
  return { name, ...(credit ?? { licence: 'as its owner says', attribution: null, url: null }) }
}

function packageOf(path: string): { readonly name: string; readonly folder: string } | null {
  const match = /^.*[\\/]node_modules[\\/]@ip-location-db[\\/]([^\\/]+)/.exec(path)
  return match?.[1] === undefined ? null : { name: match[1], folder: match[0] }
}

/** Where the `package.json` is that says how old a file is; null for a file of one's own. */
export function manifestOf(path: string): string | null {
  const found = packageOf(path)
  return found === null ? null : `${found.folder}/package.json`
}

/** The packages' versions end in year, month, day and hour in UTC: `2.3.2026061719`. */
export function builtAtOf(version: string): Instant | null {
  const match = /\.(\d{4})(\d\d)(\d\d)(\d\d)$/.exec(version)
  if (match === null) return null
  const [, year, month, day, hour] = match.map(Number)
  return instantOf(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour))
}
