import { AddressRanges } from './address-ranges.ts'
import { type AddressWords, compareRanges, readRange } from './address-text.ts'

/**
 * Addresses that are in no place: of networks of one's own (`private`: RFC 1918, 4193, 6598, loopback, link-local)
 * and those that no visitor can have, or that hide the visitor's own behind a relay of the network (`reserved`:
 * multicast, NAT64, 6to4, Teredo, …; the registries of RFC 6890).
 */
const ranges = {
  private:
    '10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 ::1/128 fc00::/7 fe80::/10 fec0::/10',
  reserved:
    '0.0.0.0/8 192.0.0.0/24 192.88.99.0/24 198.18.0.0/15 224.0.0.0/3 ::/128 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2002::/16 5f00::/16 ff00::/8',
} as const

/** Why an address is in no place. */
export type SpecialAddress = keyof typeof ranges

const names = Object.keys(ranges) as SpecialAddress[]
const table = tableOf()

/** Null for an address that may be anywhere. */
export function specialAddress(words: AddressWords): SpecialAddress | null {
  const found = table.find(words)
  return found === null ? null : (names[found] ?? null)
}

function tableOf(): AddressRanges {
  const read = names.flatMap((name, value) =>
    ranges[name].split(' ').flatMap((text) => {
      const range = readRange(text)
      return range === null ? [] : [{ ...range, value }]
    }),
  )
  const sorted = new AddressRanges()
  for (const { first, last, value } of read.sort(compareRanges)) sorted.add(first, last, value)
  return sorted
}
