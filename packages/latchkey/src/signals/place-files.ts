import { invalidArgument, LatchkeyError } from '../foundation/errors.ts'
import type { PlaceData } from '../ports/place-source.ts'
import { openPlaceDatabase, type PlaceDatabase } from './ip-location.ts'
import type { KnownKind } from './known-networks.ts'
import { type NetworkList, readNetworkList } from './network-list.ts'
import { type NetworkTable, readNetworkTable } from './network-table.ts'
import { UnusableFile } from './unusable-file.ts'
import { WatchedData } from './watched-data.ts'

/** A file of addresses or CIDRs, one a line, that are all of one kind. */
export interface NetworkListFile {
  readonly kind: KnownKind
  readonly path: string
}

/** Which files there are. */
export interface PlaceFileOptions {
  readonly level: 'country' | 'city'
  readonly databases: readonly string[]
  readonly networkTables: readonly string[]
  readonly networkLists: readonly NetworkListFile[]
  readonly otherwise: { readonly databases: readonly string[]; readonly networkTables: readonly string[] }
  readonly cacheFolder: string | null
}

/** What was read from the files, and how to read it again. */
export interface PlaceFiles {
  readonly databases: readonly WatchedData<PlaceDatabase>[]
  /** None, or one. */
  readonly tables: readonly WatchedData<NetworkTable>[]
  readonly lists: readonly { readonly kind: KnownKind; readonly list: WatchedData<NetworkList> }[]
}

/** Throws `invalid-argument` for the first file that cannot be used, and where `city` is asked of data that knows none. */
export async function openPlaceFiles(options: PlaceFileOptions): Promise<PlaceFiles> {
  const own = await named('databases', openDatabases(options.databases))
  const wanted = options.level === 'city' ? 'cities' : 'places'
  const others = holds(own, wanted) ? [] : options.otherwise.databases
  const databases = [...own, ...(await named('otherwise', openDatabases(others)))]
  if (options.level === 'city' && !holds(databases, 'cities')) {
    throw invalidArgument('level', 'is city, and no file knows cities')
  }
  const ownTables = options.networkTables
  const paths = ownTables.length > 0 || holds(own, 'networks') ? ownTables : options.otherwise.networkTables
  const read = () => readNetworkTable(paths, options.cacheFolder)
  const tables = paths.length === 0 ? [] : [await named('networkTables', WatchedData.open(paths, read))]
  return { databases, tables, lists: await named('networkLists', openLists(options.networkLists)) }
}

/** What the files are made of, with what is due for it. */
export function dataOf({ databases, tables }: PlaceFiles): readonly PlaceData[] {
  return [...databases, ...tables].map(({ value }) => value.data)
}

/** Everything that can change. */
export function watchedOf({ databases, tables, lists }: PlaceFiles): readonly WatchedData<unknown>[] {
  return [...databases, ...tables, ...lists.map(({ list }) => list)]
}

function openDatabases(paths: readonly string[]): Promise<readonly WatchedData<PlaceDatabase>[]> {
  return Promise.all(paths.map((path) => WatchedData.open([path], () => openPlaceDatabase(path))))
}

function openLists(files: readonly NetworkListFile[]): Promise<PlaceFiles['lists']> {
  return Promise.all(
    files.map(async ({ kind, path }) => ({
      kind,
      list: await WatchedData.open([path], () => readNetworkList(path)),
    })),
  )
}

function holds(
  databases: readonly WatchedData<PlaceDatabase>[],
  what: keyof PlaceDatabase['holds'],
): boolean {
  return databases.some(({ value }) => value.holds[what])
}

async function named<Value>(field: string, opening: Promise<Value>): Promise<Value> {
  try {
    return await opening
  } catch (cause) {
    if (!(cause instanceof UnusableFile)) throw cause
    throw new LatchkeyError('invalid-argument', `${field}: ${cause.message}`, { field, cause })
  }
}
