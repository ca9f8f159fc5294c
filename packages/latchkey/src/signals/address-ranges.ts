import type { AddressWords } from './address-text.ts'
import { GrowingWords } from './growing-words.ts'

const families = [1, 4] as const

/**
 * Which range of many an address is in: sorted words in typed arrays, searched in halves. A range takes 12 bytes for
 * IPv4 and 36 for IPv6.
 */
export class AddressRanges {
  readonly #families: readonly SortedRanges[]

  /** Empty, or of what `rows` gave. */
  constructor(rows: readonly Uint32Array[] = []) {
    this.#families = families.map(
      (width, index) => new SortedRanges(width, rows.slice(index * 3, index * 3 + 3)),
    )
  }

  /** Ranges of one family come in the order of their first addresses; false for one that does not, which is left out. */
  add(first: AddressWords, last: AddressWords, value: number): boolean {
    return this.#of(first)?.add(first, last, value) ?? false
  }

  /** The value of the range that holds the address; null where none does. */
  find(address: AddressWords): number | null {
    return this.#of(address)?.find(address) ?? null
  }

  get size(): number {
    return this.#families.reduce((sum, { size }) => sum + size, 0)
  }

  /** Six rows of words, of which the same ranges can be made again. */
  rows(): readonly Uint32Array[] {
    return this.#families.flatMap((ranges) => ranges.rows())
  }

  #of({ length }: AddressWords): SortedRanges | undefined {
    return this.#families[length === 1 ? 0 : 1]
  }
}

/** Of one family: `width` words an address. */
class SortedRanges {
  readonly #width: number
  readonly #firsts: GrowingWords
  readonly #lasts: GrowingWords
  readonly #values: GrowingWords

  constructor(width: number, [firsts, lasts, values]: readonly Uint32Array[]) {
    this.#width = width
    this.#firsts = new GrowingWords(firsts)
    this.#lasts = new GrowingWords(lasts)
    this.#values = new GrowingWords(values)
  }

  get size(): number {
    return this.#values.size
  }

  rows(): readonly Uint32Array[] {
    return [this.#firsts.words(), this.#lasts.words(), this.#values.words()]
  }

  add(first: AddressWords, last: AddressWords, value: number): boolean {
    if (this.size > 0 && this.#compare(this.#firsts, this.size - 1, first) > 0) return false
    for (let index = 0; index < this.#width; index += 1) {
      this.#firsts.push(first[index] ?? 0)
      this.#lasts.push(last[index] ?? 0)
    }
    this.#values.push(value)
    return true
  }

  find(address: AddressWords): number | null {
    let low = 0
    let high = this.size
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#compare(this.#firsts, middle, address) <= 0) low = middle + 1
      else high = middle
    }
    const index = low - 1
    return index < 0 || this.#compare(this.#lasts, index, address) < 0 ? null : this.#values.at(index)
  }

  #compare(words: GrowingWords, index: number, address: AddressWords): number {
    for (let part = 0; part < this.#width; part += 1) {
      const difference = words.at(index * this.#width + part) - (address[part] ?? 0)
      if (difference !== 0) return difference
    }
    return 0
  }
}
