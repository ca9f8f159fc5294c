/** Remembers the most recently used answers, up to a number; the one unused for longest gives way. */
export class BoundedCache<Value> {
  readonly #capacity: number
  readonly #entries = new Map<string, Value>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get size(): number {
    return this.#entries.size
  }

  /** The answer on record for the key, or the one that `make` gives now. */
  getOrMake(key: string, make: () => Value): Value {
    const known = this.#entries.get(key)
    if (known !== undefined) {
      this.#entries.delete(key)
      this.#entries.set(key, known)
      return known
    }
    const made = make()
    const [oldest] = this.#entries.keys()
    if (this.#entries.size >= this.#capacity && oldest !== undefined) this.#entries.delete(oldest)
    this.#entries.set(key, made)
    return made
  }
}
