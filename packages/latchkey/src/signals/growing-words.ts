/** A row of 32-bit words that grows at its end, four bytes each. */
export class GrowingWords {
  #words: Uint32Array
  #size: number

  constructor(words: Uint32Array = new Uint32Array(0)) {
    this.#words = words
    this.#size = words.length
  }

  get size(): number {
    return this.#size
  }

  push(word: number): void {
    if (this.#size === this.#words.length) {
      const larger = new Uint32Array(Math.max(16, Math.ceil(this.#size * 1.5)))
      larger.set(this.#words)
      this.#words = larger
    }
    this.#words[this.#size] = word
    this.#size += 1
  }

  /** 0 for an index that was never pushed. */
  at(index: number): number {
    return this.#words[index] ?? 0
  }

  /** What there is, in the same memory. */
  words(): Uint32Array {
    return this.#words.subarray(0, this.#size)
  }
}
