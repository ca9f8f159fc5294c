import { stat } from 'node:fs/promises'
import { open, type Reader, type Response } from 'maxmind'
import { instantOf } from '../foundation/time.ts'
import type { PlaceData } from '../ports/place-source.ts'
import type { ReadAddress } from './address-text.ts'
import { creditOf } from './place-credits.ts'
import { type RecordFacts, readPlaceRecord } from './place-record.ts'
import { UnusableFile } from './unusable-file.ts'

/** One MMDB file in memory. */
export interface PlaceDatabase {
  readonly data: PlaceData
  /** What it may know, as its type says (`GeoLite2-City`); a type that does not say may know anything. */
  readonly holds: Readonly<Record<'places' | 'cities' | 'networks', boolean>>
  /** Null where it knows nothing of the address. Never throws. */
  find(address: ReadAddress): RecordFacts | null
}

/** Decoded records that are kept. More: memory for cities that are seldom asked for. Fewer: more of them are decoded again. */
const keptRecords = 2_000

/** Reads a file in MaxMind's format. Rejects with `UnusableFile` for one that is missing, damaged or cut off. */
export async function openPlaceDatabase(path: string): Promise<PlaceDatabase> {
  const reader = await openReader(path)
  const { databaseType, buildEpoch, ipVersion } = reader.metadata
  const facts = new WeakMap<object, RecordFacts>()
  return {
    data: { ...creditOf(path, databaseType), builtAt: instantOf(buildEpoch.getTime()) },
    holds: heldBy(databaseType),
    find({ text, words }) {
      if (ipVersion === 4 && words.length > 1) return null
      try {
        return factsOf(reader.get(text), facts)
      } catch {
        return null
      }
    },
  }
}

/** What the reader keeps is read once. */
function factsOf(record: unknown, known: WeakMap<object, RecordFacts>): RecordFacts | null {
  if (typeof record !== 'object' || record === null) return null
  const before = known.get(record)
  if (before !== undefined) return before
  const facts = readPlaceRecord(record)
  known.set(record, facts)
  return facts
}

async function openReader(path: string): Promise<Reader<Response>> {
  const reader = await openFile(path)
  const { nodeCount, searchTreeSize, buildEpoch, databaseType } = reader.metadata
  const { size } = await stat(path)
  const isSound =
    nodeCount > 0 &&
    searchTreeSize < size &&
    typeof databaseType === 'string' &&
    !Number.isNaN(buildEpoch.getTime())
  if (!isSound) throw new UnusableFile(path, 'is damaged: what it says of itself does not fit')
  try {
    for (const address of samples(reader.metadata.ipVersion)) reader.get(address)
  } catch (cause) {
    throw new UnusableFile(path, 'is damaged: an address cannot be looked up', { cause })
  }
  return reader
}

async function openFile(path: string): Promise<Reader<Response>> {
  try {
    return await open<Response>(path, { cache: { max: keptRecords } })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const reason = code === undefined ? 'is no MMDB file, or is cut off' : `cannot be read (${code})`
    throw new UnusableFile(path, reason, { cause })
  }
}

/** Spread over all addresses: data of which a part is missing fails for some. */
function samples(ipVersion: number): readonly string[] {
  const ipv4 = Array.from({ length: 224 }, (_, first) => `${first}.0.2.1`)
  const ipv6 = Array.from(
    { length: 256 },
    (_, index) => `2${(index * 16).toString(16).padStart(3, '0')}:db8::1`,
  )
  return ipVersion === 4 ? ipv4 : [...ipv4, ...ipv6]
}

function heldBy(type: string): PlaceDatabase['holds'] {
  const [cities, countries, networks] = [
    /city|enterprise|insights/i,
    /country/i,
    /asn|isp|connection|anonymous/i,
  ].map((word) => word.test(type)) as [boolean, boolean, boolean]
  const says = cities || countries || networks
  return {
    places: cities || countries || !says,
    cities: cities || !says,
    networks: networks || /enterprise|insights/i.test(type) || !says,
  }
}
