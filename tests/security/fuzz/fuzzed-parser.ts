import fc from 'fast-check'

/** Something that reads what a stranger wrote. */
export interface FuzzedParser {
  readonly name: string
  /** What it is given. */
  readonly input: fc.Arbitrary<string>
  /**
   * Reads it. Throws, or rejects, where what came out is no outcome that the parser declares; an error that it declares
   * is caught here.
   */
  read(text: string): void | Promise<void>
  /** How input begins that is read on; default: it does not matter. */
  readonly beginnings?: readonly string[]
  /** Pieces of which many in a row are the most work. */
  readonly repeated: readonly string[]
}

/**
 * Text as a stranger writes it who knows the grammar: pieces of it in any order, a good example with parts of it changed,
 * repeated or left out, and anything at all.
 */
export function textOf(pieces: readonly string[], examples: readonly string[]): fc.Arbitrary<string> {
  const anything = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }))
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...pieces, ...oddPieces) },
    { weight: 1, arbitrary: anything },
  )
  const changed = fc
    .tuple(fc.constantFrom(...examples), fc.nat(), fc.nat(200), piece)
    .map(([example, start, length, other]) => {
      const from = start % (example.length + 1)
      return example.slice(0, from) + other + example.slice(from + (length % 7))
    })
  const joined = fc
    .array(fc.oneof(piece, fc.constantFrom(...examples)), { maxLength: 24 })
    .map((all) => all.join(''))
  const repeated = fc.tuple(piece, fc.nat(400), piece).map(([one, count, last]) => one.repeat(count) + last)
  return fc.oneof(joined, changed, repeated, anything)
}

const oddPieces = [
  '',
  ' ',
  '\t',
  '\u00a0',
  '\0',
  '\r\n',
  '%00',
  '%',
  '"',
  "'",
  '\\',
  ',',
  ';',
  '=',
  '.',
  '\ud800',
  '🗝',
  '__proto__',
]

/** Fails unless it is so. */
export function expectThat(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(what)
}
