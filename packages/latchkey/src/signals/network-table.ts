import { readFile } from 'node:fs/promises'
import type { PlaceData } from '../ports/place-source.ts'
import { AddressRanges } from './address-ranges.ts'
import type { ReadAddress } from './address-text.ts'
import { NetworkNames, type RegisteredNetwork } from './network-names.ts'
import { packNetworks } from './pack-networks.ts'
import { keepPacked, readPacked } from './packed-networks-file.ts'
import { unpackWords } from './packed-words.ts'
import { builtAtOf, creditOf, manifestOf } from './place-credits.ts'
import { UnusableFile } from './unusable-file.ts'

/** Which network announces which addresses. */
export interface NetworkTable {
  readonly data: PlaceData
  /** How many ranges there are. */
  readonly size: number
  /** Null where no network does. */
  find(address: ReadAddress): RegisteredNetwork | null
}

/** How many of the rows are of ranges; the others are of names. */
const rowsOfRanges = 6

/**
 * Reads tables of ranges as one: `asn-ipv4-num.csv` and `asn-ipv6-num.csv` of `@ip-location-db/asn`. They are 33 MB of
 * text, which takes most of a second and 50 MB to read: a thread of its own does it once, and what comes out, 12 MB, is
 * kept in `folder` for the next start (null: nowhere). Rejects with `UnusableFile`.
 */
export async function readNetworkTable(
  paths: readonly string[],
  folder: string | null,
): Promise<NetworkTable> {
  const [path = ''] = paths
  const kept = folder === null ? null : await readPacked(paths, folder)
  const packed = kept ?? (await packNetworks(paths))
  const rows = unpackWords(packed)
  if (rows === null) throw new UnusableFile(path, 'could not be read')
  if (kept === null && folder !== null) await keepPacked(paths, folder, packed)
  const ranges = new AddressRanges(rows.slice(0, rowsOfRanges))
  const names = new NetworkNames(rows.slice(rowsOfRanges))
  return {
    data: { ...creditOf(path, null), builtAt: await builtAt(path) },
    size: ranges.size,
    find: ({ words }) => names.at(ranges.find(words) ?? -1),
  }
}

async function builtAt(path: string): Promise<PlaceData['builtAt']> {
  const manifest = manifestOf(path)
  if (manifest === null) return null
  try {
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version?: string }
    return builtAtOf(version ?? '')
  } catch {
    return null
  }
}
