import { GrowingWords } from './growing-words.ts'
import { bytesOfWords, wordsOfBytes } from './packed-words.ts'

/** A network, as it is registered. */
export interface RegisteredNetwork {
  readonly asn: number
  readonly name: string | null
}

const quote = 34

/** Numbers and names of networks as bytes, one after the other: nothing for a collector of garbage to walk through. */
export class NetworkNames {
  readonly #numbers: GrowingWords
  readonly #ends: GrowingWords
  #text: Buffer

  /** Empty, or of what `rows` gave. */
  constructor([numbers, ends, text]: readonly Uint32Array[] = []) {
    this.#numbers = new GrowingWords(numbers)
    this.#ends = new GrowingWords(ends)
    this.#text = text === undefined ? Buffer.alloc(1_024) : bytesOfWords(text)
  }

  /** Takes a name as it stands in a table, and returns the index by which the network is found again. */
  add(asn: number, bytes: Buffer, start: number, end: number): number {
    const index = this.#numbers.size
    const from = this.#startOf(index)
    const to = from + end - start
    if (to > this.#text.length) this.#text = Buffer.concat([this.#text], Math.ceil(to * 1.5))
    bytes.copy(this.#text, from, start, end)
    this.#numbers.push(asn)
    this.#ends.push(to)
    return index
  }

  /** Null for an index that no network has. */
  at(index: number): RegisteredNetwork | null {
    if (index < 0 || index >= this.#numbers.size) return null
    const text = this.#text.subarray(this.#startOf(index), this.#ends.at(index))
    return { asn: this.#numbers.at(index), name: unquoted(text) }
  }

  /** Three rows of words, of which the same networks can be made again. */
  rows(): readonly Uint32Array[] {
    const text = this.#text.subarray(0, this.#startOf(this.#ends.size))
    return [this.#numbers.words(), this.#ends.words(), wordsOfBytes(text)]
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : this.#ends.at(index - 1)
  }
}

/** As CSV writes text: as it is, or in quotes with those inside doubled. */
function unquoted(bytes: Buffer): string | null {
  const isQuoted = bytes[0] === quote && bytes.length > 1 && bytes.at(-1) === quote
  const text = isQuoted
    ? bytes.toString('utf8', 1, bytes.length - 1).replaceAll('""', '"')
    : bytes.toString('utf8')
  return text.trim() || null
}
