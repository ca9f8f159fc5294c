import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AddressRanges } from './address-ranges.ts'
import { compareRanges, compareWords, readAddress, readRange } from './address-text.ts'
import { openPlaceDatabase } from './ip-location.ts'
import { type FakeValue, writeFakeDatabase } from './place-database.fake.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-places-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Of the documentation's own ranges, so close together that ranges and addresses meet. */
const ipv4 = fc.integer({ min: 0, max: 255 }).map((byte) => `198.51.100.${byte}`)
const ipv6 = fc.integer({ min: 0, max: 255 }).map((byte) => `2001:db8::${byte.toString(16)}`)
const range = fc.oneof(
  fc.tuple(ipv4, fc.integer({ min: 24, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(ipv6, fc.integer({ min: 120, max: 128 })).map(([address, bits]) => `${address}/${bits}`),
)

function holds(cidr: string, address: string): boolean {
  const [read, asked] = [ipaddr.parseCIDR(cidr), ipaddr.parse(address)]
  return read[0].kind() === asked.kind() && asked.match(read)
}

it('a file answers as its ranges do when they are asked one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(range, { minLength: 1, maxLength: 12 }),
      fc.array(fc.oneof(ipv4, ipv6), { minLength: 20, maxLength: 20 }),
      async (cidrs, addresses) => {
        const widestFirst = cidrs.toSorted((a, b) => Number(a.split('/')[1]) - Number(b.split('/')[1]))
        const records: Record<string, FakeValue> = {}
        for (const [index, cidr] of widestFirst.entries()) records[cidr] = { city: `City ${index}` }
        const path = join(folder, 'some.mmdb')
        writeFakeDatabase(path, { records })
        const database = await openPlaceDatabase(path)
        for (const address of addresses) {
          const read = readAddress(address)
          const index = widestFirst.findLastIndex((cidr) => holds(cidr, address))
          const city = read === null ? null : (database.find(read)?.city ?? null)
          expect([address, city]).toEqual([address, index < 0 ? null : `City ${index}`])
        }
      },
    ),
    { numRuns: 60 },
  )
})

it('ranges that are apart answer as they do when they are asked one after the other', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(range, { maxLength: 40 }),
      fc.array(fc.oneof(ipv4, ipv6)),
      (cidrs, addresses) => {
        const apart: string[] = []
        for (const cidr of cidrs) if (!apart.some((other) => overlap(cidr, other))) apart.push(cidr)
        const read = apart.flatMap((cidr) => readRange(cidr) ?? []).sort(compareRanges)
        const ranges = new AddressRanges()
        for (const [value, { first, last }] of read.entries())
          expect(ranges.add(first, last, value)).toBe(true)
        const again = new AddressRanges(ranges.rows())
        for (const address of addresses) {
          const words = readAddress(address)?.words ?? []
          const index = read.findIndex(
            ({ first, last }) =>
              first.length === words.length &&
              compareWords(first, words) <= 0 &&
              compareWords(words, last) <= 0,
          )
          expect(again.find(words)).toBe(index < 0 ? null : index)
        }
      },
    ),
  )
})

function overlap(a: string, b: string): boolean {
  return holds(a, b.split('/')[0] ?? '') || holds(b, a.split('/')[0] ?? '')
}

it('an address is read as a library for addresses reads it, in every spelling', () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })
  const zeros = fc.tuple(fc.nat(15), fc.nat(15))
  fc.assert(
    fc.property(bytes, zeros, fc.boolean(), (given, [from, to], isUpper) => {
      const some = given.map((byte, index) => (index >= from && index <= to ? 0 : byte))
      const address = ipaddr.fromByteArray([...some]) as ipaddr.IPv6
      for (const text of [address.toNormalizedString(), address.toString()]) {
        const read = readAddress(isUpper ? text.toUpperCase() : text)
        const expected = ipaddr.process(text).toByteArray()
        expect(read?.words.flatMap((word) => [24, 16, 8, 0].map((shift) => (word >>> shift) & 255))).toEqual(
          expected,
        )
      }
    }),
  )
})

it.each([
  '192.0.2.0/24/1',
  '192.0.2/24',
  '192.0.2.0/33',
  '192.0.2.0/',
  '192.0.2.0/-1',
  '2001:db8::/129',
  '::ffff:192.0.2.0/120',
  'x/8',
  '',
])('%j is no range', (text) => {
  expect(readRange(text)).toBeNull()
})
