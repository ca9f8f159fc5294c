import { isIPv4, isIPv6 } from 'node:net'

/** An address that can be compared and looked up. */
export interface ReadAddress {
  /** As it was given; an IPv4 address inside IPv6 (`::ffff:192.0.2.1`) as IPv4. */
  readonly text: string
  /** One word of 32 bits for IPv4, four for IPv6, the most significant first. */
  readonly words: AddressWords
}

/** One word of 32 bits for IPv4, four for IPv6, the most significant first. */
export type AddressWords = readonly number[]

/** All addresses from the first to the last, both of them included. */
export interface AddressRange {
  readonly first: AddressWords
  readonly last: AddressWords
}

/**
 * Null for what is no address. Node says what is one; the words are made here, because ipaddr.js takes thirty times as
 * long for an IPv6 address, more than all the rest of a look-up may.
 */
export function readAddress(text: string): ReadAddress | null {
  if (isIPv4(text)) return { text, words: [ipv4Word(text)] }
  if (text.includes('%') || !isIPv6(text)) return null
  const words = ipv6Words(text)
  const [a, b, c, last = 0] = words
  return a === 0 && b === 0 && c === 0xffff ? ipv4Of(last) : { text, words }
}

/** Reads an address or a CIDR (`192.0.2.0/24`); null for anything else, such as a CIDR that is cut short. */
export function readRange(text: string): AddressRange | null {
  const [written = '', prefix, ...rest] = text.split('/')
  const address = readAddress(written)
  if (address === null || rest.length > 0) return null
  const { words } = address
  const longest = words.length * 32
  if (prefix === undefined) return { first: words, last: words }
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
  const isMapped = words.length === 1 && written.includes(':')
  return bits <= longest && !isMapped ? { first: filled(words, bits, 0), last: filled(words, bits, 1) } : null
}

/** Below zero where `a` comes first, above where `b` does; both of one family. */
export function compareWords(a: AddressWords, b: AddressWords): number {
  for (let index = 0; index < a.length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The order of ranges: IPv4 before IPv6, then by their first addresses. */
export function compareRanges(a: AddressRange, b: AddressRange): number {
  return a.first.length - b.first.length || compareWords(a.first, b.first)
}

/** The words with every bit after the first `kept` ones set to `bit`. */
function filled(words: AddressWords, kept: number, bit: 0 | 1): AddressWords {
  return words.map((word, index) => {
    const bits = Math.min(32, Math.max(0, kept - index * 32))
    const tail = bits === 32 ? 0 : 0xffff_ffff >>> bits
    return (bit === 1 ? word | tail : word & ~tail) >>> 0
  })
}

function ipv4Of(word: number): ReadAddress {
  const text = [24, 16, 8, 0].map((shift) => (word >>> shift) & 255).join('.')
  return { text, words: [word] }
}

function ipv4Word(text: string): number {
  return text.split('.').reduce((word, part) => word * 256 + Number(part), 0)
}

const colon = 58

/** Of a text that is an IPv6 address; `::` stands for as many zeros as are missing. */
function ipv6Words(text: string): AddressWords {
  const groups: number[] = []
  const hexadecimal = text.includes('.') ? withoutDots(text) : text
  let gap = -1
  let group = 0
  for (let at = 0; at < hexadecimal.length; at += 1) {
    const code = hexadecimal.charCodeAt(at)
    if (code !== colon) {
      group = group * 16 + (code < colon ? code - 48 : (code | 32) - 87)
      continue
    }
    if (at > 0) groups.push(group)
    group = 0
    if (hexadecimal.charCodeAt(at + 1) === colon) {
      gap = groups.length
      at += 1
    }
  }
  if (!hexadecimal.endsWith(':')) groups.push(group)
  if (gap >= 0) groups.splice(gap, 0, ...Array<number>(8 - groups.length).fill(0))
  return [0, 2, 4, 6].map((at) => (groups[at] ?? 0) * 65_536 + (groups[at + 1] ?? 0))
}

/** `::192.0.2.1` as `::c000:201`. */
function withoutDots(text: string): string {
  const start = text.lastIndexOf(':') + 1
  const word = ipv4Word(text.slice(start))
  return `${text.slice(0, start)}${(word >>> 16).toString(16)}:${(word & 0xffff).toString(16)}`
}
