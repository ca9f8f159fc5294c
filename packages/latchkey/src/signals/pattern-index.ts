import { requiredLiterals, shortestLiteral } from './required-literals.ts'

/** A pattern that found something. */
export interface PatternMatch<Value> {
  readonly value: Value
  readonly match: RegExpExecArray
}

interface Entry<Value> {
  readonly source: string
  readonly flags: string
  readonly value: Value
  /** Compiled when a header first needs it: most patterns never are. */
  pattern?: RegExp
}

interface Literal {
  readonly text: string
  readonly entries: number[]
}

/**
 * Many patterns, of which a header is held against the few that could match it: those whose required texts it
 * has. The header is walked through once for all of them.
 */
export class PatternIndex<Value> {
  readonly #entries: Entry<Value>[] = []
  /** Literals by their first characters. */
  readonly #literals = new Map<number, Literal[]>()
  /** Entries that require nothing. */
  readonly #always: number[] = []

  add(source: string, flags: string, value: Value): void {
    const entry = this.#entries.push({ source, flags, value }) - 1
    const literals = requiredLiterals(source)
    if (literals === null) this.#always.push(entry)
    for (const text of literals ?? []) this.#addLiteral(text, entry)
  }

  #addLiteral(text: string, entry: number): void {
    const key = keyAt(text, 0)
    const sharing = this.#literals.get(key) ?? []
    this.#literals.set(key, sharing)
    const known = sharing.find((literal) => literal.text === text)
    if (known) known.entries.push(entry)
    else sharing.push({ text, entries: [entry] })
  }

  /** The first pattern, in the order of adding, that the header matches. */
  first(header: string): PatternMatch<Value> | null {
    for (const entry of this.#candidates(header)) {
      const found = this.#try(entry, header)
      if (found) return found
    }
    return null
  }

  /** The match that begins first. */
  leftmost(header: string): PatternMatch<Value> | null {
    let best: PatternMatch<Value> | null = null
    for (const entry of this.#candidates(header)) {
      const found = this.#try(entry, header)
      if (found && found.match.index < (best?.match.index ?? Number.POSITIVE_INFINITY)) best = found
    }
    return best
  }

  /** How many patterns the header is held against at most. */
  work(header: string): number {
    return this.#candidates(header).length
  }

  #candidates(header: string): number[] {
    const text = header.toLowerCase()
    const candidates = new Set(this.#always)
    for (let at = 0; at <= text.length - shortestLiteral; at += 1) {
      for (const literal of this.#literals.get(keyAt(text, at)) ?? []) {
        if (!text.startsWith(literal.text, at)) continue
        for (const entry of literal.entries) candidates.add(entry)
      }
    }
    return [...candidates].sort((one, other) => one - other)
  }

  #try(index: number, header: string): PatternMatch<Value> | null {
    const entry = this.#entries[index]
    if (!entry) return null
    entry.pattern ??= new RegExp(entry.source, entry.flags)
    const match = entry.pattern.exec(header)
    return match && { value: entry.value, match }
  }
}

/** Three characters as one number; characters beyond the first 1,024 share numbers, which costs a comparison. */
function keyAt(text: string, at: number): number {
  const [one, two, three] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)]
  return ((one & 1_023) << 20) | ((two & 1_023) << 10) | (three & 1_023)
}
