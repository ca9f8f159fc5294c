import { stat } from 'node:fs/promises'

/** Data that is read from files, and read again when they have changed. */
export class WatchedData<Value> {
  readonly paths: readonly string[]
  readonly #read: () => Promise<Value>
  #value: Value
  /** Of the files when they were last read, whether that went well or not. */
  #tried: string
  /** Of the files when they were last looked at. */
  #seen: string
  #hasFailed = false

  private constructor(paths: readonly string[], read: () => Promise<Value>, value: Value, stamp: string) {
    this.paths = paths
    this.#read = read
    this.#value = value
    this.#tried = stamp
    this.#seen = stamp
  }

  /** Rejects as `read` does. */
  static async open<Value>(
    paths: readonly string[],
    read: () => Promise<Value>,
  ): Promise<WatchedData<Value>> {
    const stamp = await stampOf(paths)
    return new WatchedData(paths, read, await read(), stamp)
  }

  get value(): Value {
    return this.#value
  }

  /**
   * Whether the files are others than those that were read, and the same as when they were looked at before: one that is
   * being written is left alone until nobody writes to it any more.
   */
  async hasSettledChange(): Promise<boolean> {
    const stamp = await stampOf(this.paths)
    const isSettled = stamp === this.#seen
    this.#seen = stamp
    return isSettled && stamp !== this.#tried
  }

  /**
   * Reads the files if they have changed, or if that failed before. What was there stays when they cannot be used, and it
   * rejects as `read` does.
   */
  async refresh(): Promise<'changed' | 'unchanged'> {
    const stamp = await stampOf(this.paths)
    if (stamp === this.#tried && !this.#hasFailed) return 'unchanged'
    this.#tried = stamp
    this.#hasFailed = true
    this.#value = await this.#read()
    this.#hasFailed = false
    return 'changed'
  }
}

/** Sizes, times and identities; a file that is not there has its own. */
async function stampOf(paths: readonly string[]): Promise<string> {
  const stamps = await Promise.all(
    paths.map(async (path) => {
      try {
        const { ino, size, mtimeMs } = await stat(path)
        return [ino, size, mtimeMs]
      } catch {
        return null
      }
    }),
  )
  return JSON.stringify(stamps)
}
