import { writeFileSync } from 'node:fs'
import { readRange } from './address-text.ts'

/** What an MMDB file can hold, as far as tests need it. */
export type FakeValue =
  | string
  | number
  | boolean
  | readonly FakeValue[]
  | { readonly [key: string]: FakeValue }

/** What a made-up file says of itself. */
export interface FakeDatabase {
  /** Default `Test-City`. */
  readonly type?: string
  /** 4: holds no IPv6 addresses. Default 6. */
  readonly ipVersion?: 4 | 6
  /** By CIDR; a narrower one stands after a wider one that holds it. */
  readonly records: Readonly<Record<string, FakeValue>>
}

/** In MaxMind's layout, in places where nobody is: addresses of documentation (RFC 5737, RFC 3849). */
export const fakeCities: Readonly<Record<string, FakeValue>> = {
  '192.0.2.0/24': cityRecord('NO', 'Oslo', 'Oslo', 59.9127, 10.7461),
  '198.51.100.0/24': cityRecord('SG', 'Central Singapore', 'Singapore', 1.2897, 103.8501),
  '203.0.113.0/24': cityRecord('DE', 'Hesse', 'Frankfurt am Main', 50.1155, 8.6842),
  '2001:db8::/33': cityRecord('NO', 'Vestland', 'Bergen', 60.393, 5.3242),
  '2001:db8:8000::/33': cityRecord('SG', 'Central Singapore', 'Singapore', 1.2897, 103.8501),
}

/** Numbers for documentation (RFC 5398) save the last, which is known to be of a hosting provider. */
export const fakeNetworks: Readonly<Record<string, FakeValue>> = {
  '192.0.2.0/24': {
    autonomous_system_number: 64_496,
    autonomous_system_organization: 'Example Broadband AS',
  },
  '198.51.100.0/24': {
    autonomous_system_number: 64_497,
    autonomous_system_organization: 'Example Mobile Pte Ltd',
  },
  '203.0.113.0/24': {
    autonomous_system_number: 24_940,
    autonomous_system_organization: 'Hetzner Online GmbH',
  },
  '2001:db8::/32': {
    autonomous_system_number: 64_496,
    autonomous_system_organization: 'Example Broadband AS',
  },
}

function cityRecord(
  country: string,
  region: string,
  city: string,
  latitude: number,
  longitude: number,
): FakeValue {
  return {
    country: { iso_code: country },
    subdivisions: [{ names: { en: region } }],
    city: { names: { en: city, de: `${city} (auf Deutsch)` } },
    location: { latitude, longitude, accuracy_radius: 20 },
  }
}

/** Writes a file in MaxMind's format that was made on 2026-11-01. */
export function writeFakeDatabase(path: string, database: FakeDatabase): void {
  writeFileSync(path, fakeDatabase(database))
}

/** A branch of the tree, or the place of a record in the data. */
type Branch = [Branch | number | null, Branch | number | null]

/** The bytes of a file in MaxMind's format, version 2.0, with records of 32 bits. */
export function fakeDatabase({ type = 'Test-City', ipVersion = 6, records }: FakeDatabase): Buffer {
  const root: Branch = [null, null]
  const data: Buffer[] = []
  let size = 0
  for (const [cidr, record] of Object.entries(records)) {
    insert(root, bitsOf(cidr, ipVersion), size)
    const bytes = encode(record)
    data.push(bytes)
    size += bytes.length
  }
  const branches = listed(root)
  const metadata = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: Date.UTC(2026, 10, 1) / 1_000,
    database_type: type,
    description: { en: 'Made up' },
    ip_version: ipVersion,
    languages: ['en'],
    node_count: branches.length,
    record_size: 32,
  }
  const mark = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')])
  return Buffer.concat([treeOf(branches), Buffer.alloc(16), ...data, mark, encode(metadata)])
}

function bitsOf(cidr: string, ipVersion: 4 | 6): string {
  const range = readRange(cidr)
  if (range === null) throw new Error(`${cidr} is no CIDR`)
  const bits = range.first.map((word) => word.toString(2).padStart(32, '0')).join('')
  const kept = bits.slice(0, Number(cidr.split('/')[1] ?? bits.length))
  return bits.length === 32 && ipVersion === 6 ? '0'.repeat(96) + kept : kept
}

function insert(root: Branch, bits: string, place: number): void {
  let branch = root
  for (const [index, bit] of [...bits].entries()) {
    const side = bit === '1' ? 1 : 0
    if (index === bits.length - 1) {
      branch[side] = place
      return
    }
    const next = branch[side]
    // A wider range that is there already goes on to hold on both sides of the narrower one.
    branch = Array.isArray(next) ? next : ([next, next] as Branch)
    if (!Array.isArray(next)) extend(root, bits.slice(0, index), side, branch)
  }
}

function extend(root: Branch, way: string, side: 0 | 1, branch: Branch): void {
  let at = root
  for (const bit of way) at = at[bit === '1' ? 1 : 0] as Branch
  at[side] = branch
}

function listed(root: Branch): readonly Branch[] {
  const branches = [root]
  for (const branch of branches)
    branches.push(...branch.filter((side): side is Branch => Array.isArray(side)))
  return branches
}

function treeOf(branches: readonly Branch[]): Buffer {
  const numbers = new Map(branches.map((branch, index) => [branch, index]))
  const tree = Buffer.alloc(branches.length * 8)
  for (const [index, branch] of branches.entries()) {
    for (const [side, next] of branch.entries()) {
      const empty = branches.length
      const value = Array.isArray(next)
        ? (numbers.get(next) ?? empty)
        : next === null
          ? empty
          : empty + 16 + next
      tree.writeUInt32BE(value, index * 8 + side * 4)
    }
  }
  return tree
}

/** One value of MaxMind's data format: a head of type and length, then what it is. */
function encode(value: FakeValue): Buffer {
  if (typeof value === 'string') return Buffer.concat([head(2, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'boolean') return head(14, value ? 1 : 0)
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? whole(value) : double(value)
  if (Array.isArray(value)) return Buffer.concat([head(11, value.length), ...value.map(encode)])
  const fields = Object.entries(value)
  return Buffer.concat([
    head(7, fields.length),
    ...fields.flatMap(([key, field]) => [encode(key), encode(field)]),
  ])
}

function head(type: number, size: number): Buffer {
  const short = Math.min(size, 29)
  const rest = size < 29 ? [] : [size - 29]
  if (size >= 29 + 256) throw new Error('Too long for a test')
  return Buffer.from(type > 7 ? [short, type - 7, ...rest] : [(type << 5) | short, ...rest])
}

function whole(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return Buffer.concat([head(6, 4), bytes])
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return Buffer.concat([head(3, 8), bytes])
}
