/** The format's own number, so that nothing else is taken for it; another one for another layout. */
const mark = 0x4c4b_4e31

/**
 * Rows of 32-bit words as one piece of memory, as it is in a file: the mark, how many rows, how long each is, the rows.
 * In the order of bytes of this machine: it is no format for exchange.
 */
export function packWords(rows: readonly Uint32Array[]): Uint32Array<ArrayBuffer> {
  const head = [mark, rows.length, ...rows.map(({ length }) => length)]
  const packed = new Uint32Array(rows.reduce((sum, { length }) => sum + length, head.length))
  packed.set(head)
  let at = head.length
  for (const row of rows) {
    packed.set(row, at)
    at += row.length
  }
  return packed
}

/** The rows, in the same memory; null for what was not made by `packWords`, or is cut off. */
export function unpackWords(packed: Uint32Array): readonly Uint32Array[] | null {
  const count = packed[1] ?? 0
  if (packed[0] !== mark || count > packed.length) return null
  const rows: Uint32Array[] = []
  let at = 2 + count
  for (const length of packed.subarray(2, 2 + count)) {
    rows.push(packed.subarray(at, at + length))
    at += length
  }
  return at === packed.length ? rows : null
}

/** Bytes as words, with zeros at the end where they do not fill the last. */
export function wordsOfBytes(bytes: Uint8Array): Uint32Array {
  const words = new Uint32Array(Math.ceil(bytes.length / 4))
  new Uint8Array(words.buffer).set(bytes)
  return words
}

/** The bytes of the words, in the same memory. */
export function bytesOfWords(words: Uint32Array): Buffer {
  return Buffer.from(words.buffer, words.byteOffset, words.byteLength)
}
