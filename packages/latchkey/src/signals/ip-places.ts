import { type Duration, minutes } from '../foundation/time.ts'
import { systemTimers, type Timers } from '../foundation/timers.ts'
import { type Place, unknownPlace } from '../model/place.ts'
import type { PlaceSource } from '../ports/place-source.ts'
import { type ReadAddress, readAddress } from './address-text.ts'
import { networkOf, privateNetwork } from './ip-network.ts'
import { dataOf, type NetworkListFile, openPlaceFiles, type PlaceFiles } from './place-files.ts'
import type { RecordFacts } from './place-record.ts'
import { type PlaceReload, reloadPlaceFiles } from './place-reload.ts'
import { specialAddress } from './special-address.ts'

/** Which files places come from, and how exactly they may be told. Paths are absolute, or of the working directory. */
export interface IpPlacesOptions {
  /** `country` (the default): nothing nearer is told, whatever the files know. `city` needs a file that knows cities. */
  readonly level?: 'country' | 'city'
  /** MMDB files. Of several that know an address the first wins, one that knows the city before one that does not. */
  readonly databases?: readonly string[]
  /** Tables of networks, as `asn-ipv4-num.csv` of `@ip-location-db/asn`; first address, last, number, name. */
  readonly networkTables?: readonly string[]
  /** Addresses of a kind, such as exits of Tor: they win over everything else. */
  readonly networkLists?: readonly NetworkListFile[]
  /** For what none of the files above holds: a file of cities above, and none of the databases here is opened. */
  readonly otherwise?: { readonly databases?: readonly string[]; readonly networkTables?: readonly string[] }
  /** Where what was made of the tables of networks is kept (12 MB), so that the next start need not make it. Default: nowhere. */
  readonly cacheFolder?: string | null
  /** Told when files have changed, and whether they could be used. */
  readonly onReload?: (reload: PlaceReload) => void
  /** Default: the machine's. */
  readonly timers?: Timers
}

/** Places by address, from files that are read into memory. */
export interface IpPlaces extends PlaceSource {
  /**
   * Reads again what has changed since it was read. Where a file cannot be used, what was known before stays. Happens
   * by itself within two minutes after a file was replaced. Never rejects.
   */
  reload(): Promise<PlaceReload>
  /** Stops looking for changes; places can be asked for as before. */
  close(): void
}

/** Shorter: more looks at files that change once a month. Longer: what was put in place is not in use for that much longer. */
const lookEvery: Duration = minutes(1)

/**
 * Places by address, from MMDB files and tables of networks. Throws `invalid-argument` for a file that is missing,
 * damaged or cut off; the message names it.
 *
 * @example
 * ```ts
 * import { createSessions } from 'latchkey'
 * import { ipPlaces } from 'latchkey/signals'
 * import { sqliteStorage } from 'latchkey/sqlite'
 *
 * const places = await ipPlaces({ databases: ['/var/lib/geo/country.mmdb'] })
 * const sessions = await createSessions({ storage: sqliteStorage('app.db'), places })
 * ```
 */
export async function ipPlaces(options: IpPlacesOptions): Promise<IpPlaces> {
  const { level = 'country', otherwise = {}, timers = systemTimers } = options
  const files = await openPlaceFiles({
    level,
    databases: options.databases ?? [],
    networkTables: options.networkTables ?? [],
    networkLists: options.networkLists ?? [],
    otherwise: { databases: otherwise.databases ?? [], networkTables: otherwise.networkTables ?? [] },
    cacheFolder: options.cacheFolder ?? null,
  })
  let reloading: Promise<unknown> = Promise.resolve()
  const reload = (which: 'changed' | 'settled'): Promise<PlaceReload> => {
    const done = reloading.then(() => reloadPlaceFiles(files, which))
    reloading = done
    return done.then((report) => {
      if (report.changed.length + report.failures.length > 0) options.onReload?.(report)
      return report
    })
  }
  let cancel = timers.after(lookEvery, look)
  let isClosed = false
  async function look(): Promise<void> {
    await reload('settled')
    if (!isClosed) cancel = timers.after(lookEvery, look)
  }
  return {
    name: 'ip-places',
    level,
    data: () => dataOf(files),
    locate: (address) => locate(address, files, level),
    reload: () => reload('changed'),
    close() {
      isClosed = true
      cancel()
    },
  }
}

function locate(text: string, files: PlaceFiles, level: PlaceSource['level']): Place | null {
  const address = readAddress(text)
  if (address === null) return null
  const special = specialAddress(address.words)
  if (special === 'reserved') return null
  if (special === 'private') return { ...unknownPlace, network: privateNetwork }
  const records = recordsOf(address, files)
  const network = networkOf(address, records, files)
  const found = records.find(({ city }) => city !== null) ?? records.find(({ country }) => country !== null)
  const { country = null } = found ?? {}
  if (country === null && network === null && (found === undefined || level === 'country')) return null
  if (found === undefined || level === 'country') return { ...unknownPlace, country, network }
  const { region, city, latitude, longitude, accuracyRadius } = found
  return { country, region, city, latitude, longitude, accuracyRadius, network }
}

function recordsOf(address: ReadAddress, { databases }: PlaceFiles): readonly RecordFacts[] {
  return databases.flatMap(({ value }) => value.find(address) ?? [])
}
