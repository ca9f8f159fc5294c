import type { AddressWords } from './address-text.ts'

/** One line of a table of networks. One object for all of them: what is to be kept has to be copied. */
export interface NetworkRow {
  readonly first: AddressWords
  readonly last: AddressWords
  readonly asn: number
  /** The last field, as it stands there. */
  readonly bytes: Buffer
  readonly nameStart: number
  readonly nameEnd: number
}

/** False: the line cannot be used. */
export type TakeRow = (row: NetworkRow) => boolean

const [newline, carriageReturn, comma, zero] = [10, 13, 44, 48]

/** So many digits at a time: a word of 32 bits times more than 2^21 is no exact number any more. */
const [groupDigits, groupFactor] = [6, 1e6]

/** Longer numbers than those of IPv4 have. */
const ipv4Digits = 10

/**
 * Reads lines from bytes as they come, wherever they are cut, and makes no objects on the way: with a few for each of
 * half a million lines it takes half as long again, and twice the memory.
 */
export class NetworkRows {
  readonly #takeRow: TakeRow
  readonly #first = new AddressDigits()
  readonly #last = new AddressDigits()
  readonly #asn = new AddressDigits()
  readonly #row: { -readonly [Field in keyof NetworkRow]: NetworkRow[Field] }
  #rest: Buffer = Buffer.alloc(0)
  #line = 0
  /** How many lines were taken. */
  size = 0
  /** The number of the first line that could not be used; null when there is none. */
  fault: number | null = null

  constructor(takeRow: TakeRow) {
    this.#takeRow = takeRow
    this.#row = { first: [], last: [], asn: 0, bytes: this.#rest, nameStart: 0, nameEnd: 0 }
  }

  take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let start = 0
    for (let end = bytes.indexOf(newline, start); end >= 0; end = bytes.indexOf(newline, start)) {
      this.#read(bytes, start, end)
      start = end + 1
    }
    this.#rest = Buffer.from(bytes.subarray(start))
  }

  end(): void {
    this.#read(this.#rest, 0, this.#rest.length)
    this.#rest = Buffer.alloc(0)
  }

  #read(bytes: Buffer, start: number, lineEnd: number): void {
    this.#line += 1
    const end = bytes[lineEnd - 1] === carriageReturn ? lineEnd - 1 : lineEnd
    if (this.fault !== null || end <= start) return
    const lastAt = this.#first.read(bytes, start, end)
    const asnAt = this.#last.read(bytes, lastAt, end)
    const nameStart = this.#asn.read(bytes, asnAt, end)
    const [first, last, asn] = [this.#first.words, this.#last.words, this.#asn.words]
    const isSound = first.length > 0 && first.length === last.length && asn.length === 1 && nameStart <= end
    const row = Object.assign(this.#row, { first, last, asn: asn[0], bytes, nameStart, nameEnd: end })
    if (!isSound || row.asn === 0 || !this.#takeRow(row)) this.fault = this.#line
    else this.size += 1
  }
}

const nothing: AddressWords = []

/** A whole number in decimal digits as words of 32 bits. */
class AddressDigits {
  readonly #one = [0]
  readonly #four = [0, 0, 0, 0]
  /** One, or four for a number that takes more digits; none for what was no number. */
  words: AddressWords = nothing

  /** Reads up to a comma or the end, and returns where the next field begins. */
  read(bytes: Buffer, start: number, end: number): number {
    let at = start
    let value = 0
    let isNumber = true
    for (; at < end && bytes[at] !== comma; at += 1) {
      const digit = (bytes[at] ?? 0) - zero
      if (digit < 0 || digit > 9) isNumber = false
      value = value * 10 + digit
    }
    if (!isNumber || at === start) this.words = nothing
    else if (at - start > ipv4Digits) this.#readLong(bytes, start, at)
    else {
      this.#one[0] = value
      this.words = value < 2 ** 32 ? this.#one : nothing
    }
    return at + 1
  }

  #readLong(bytes: Buffer, start: number, end: number): void {
    const words = this.#four
    words.fill(0)
    for (let at = start; at < end; ) {
      const groupEnd = Math.min(end, at + groupDigits)
      let [group, factor] = [0, 1]
      for (; at < groupEnd; at += 1) {
        group = group * 10 + (bytes[at] ?? 0) - zero
        factor *= 10
      }
      const overflow = multiply(words, factor, group)
      if (overflow > 0 || factor > groupFactor) {
        this.words = nothing
        return
      }
    }
    this.words = words
  }
}

/** Words times a factor, plus a number, in place; returns what is too much for them. */
function multiply(words: number[], factor: number, plus: number): number {
  let carry = plus
  for (let index = words.length - 1; index >= 0; index -= 1) {
    const part = (words[index] ?? 0) * factor + carry
    carry = Math.floor(part / 2 ** 32)
    words[index] = part - carry * 2 ** 32
  }
  return carry
}
