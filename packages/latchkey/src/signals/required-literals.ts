/** Texts of which each match of a pattern holds at least one, in lower case; null where that cannot be told. */
export type RequiredLiterals = readonly string[] | null

/** Shorter ones stand in too many headers to rule anything out. */
export const shortestLiteral = 3
const mostLiterals = 60
/** In most headers, so a pattern that needs one of them is ruled out seldom. */
const everywhere =
  /^(?:mozilla.*|android.*|linux.*|windows.*|applewebkit.*|khtml.*|safari.*|chrome.*|mobile.*|version.*|.*build.*|.*gecko.*|compatible.*|http.*)$/

/** What each match of the regular expression has to hold. What is not understood is taken to require nothing. */
export function requiredLiterals(source: string): RequiredLiterals {
  return new Reader(source).alternatives()
}

class Reader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  alternatives(): RequiredLiterals {
    const all: string[] = []
    let known = true
    do {
      const branch = this.#sequence()
      if (branch === null) known = false
      else all.push(...branch)
    } while (this.#take('|'))
    return known && all.length <= mostLiterals ? all : null
  }

  #sequence(): RequiredLiterals {
    const sequence = new Sequence()
    while (this.#at < this.#source.length && !'|)'.includes(this.#source.charAt(this.#at))) {
      const part = this.#part()
      const quantifier = this.#quantifier()
      if (typeof part === 'string') sequence.addCharacter(part, quantifier)
      else sequence.addGroup(quantifier === 'optional' ? null : part)
    }
    return sequence.best()
  }

  /** One character as a text; a group as what it requires; null for what may be anything. */
  #part(): string | RequiredLiterals {
    const character = this.#source.charAt(this.#at)
    this.#at += 1
    if (character === '(') return this.#group()
    if (character === '[') return this.#characterClass()
    if (character === '\\') return this.#escape()
    return '.^$'.includes(character) ? null : character.toLowerCase()
  }

  #group(): RequiredLiterals {
    const isNegative = /^\?<?!/.test(this.#source.slice(this.#at, this.#at + 3))
    this.#at += /^\?(?:[:=!]|<[=!]|<\w+>)/.exec(this.#source.slice(this.#at))?.[0].length ?? 0
    const inside = this.alternatives()
    this.#take(')')
    return isNegative ? null : inside
  }

  /** `[gG]` is one letter to whoever looks at lower case only. */
  #characterClass(): string | null {
    const match = /^(?:\\[\s\S]|[^\]\\])*\]/.exec(this.#source.slice(this.#at))?.[0] ?? ''
    this.#at += match.length
    const letter = match.charAt(0).toLowerCase()
    return match.length === 3 && match.charAt(1).toLowerCase() === letter && /[a-z]/.test(letter)
      ? letter
      : null
  }

  #escape(): string | null {
    const character = this.#source.charAt(this.#at)
    this.#at += 1
    return /\w/.test(character) ? null : character
  }

  #quantifier(): 'once' | 'optional' | 'repeated' {
    const match = /^(?:[?*+]|\{\d*,?\d*\})\??/.exec(this.#source.slice(this.#at))?.[0] ?? ''
    this.#at += match.length
    if (match === '') return 'once'
    return match.startsWith('+') ? 'repeated' : 'optional'
  }

  #take(character: string): boolean {
    if (this.#source.charAt(this.#at) !== character) return false
    this.#at += 1
    return true
  }
}

/** What stands one behind the other in a pattern, and the most telling of it. */
class Sequence {
  #run = ''
  #best: RequiredLiterals = null

  addCharacter(character: string, quantifier: 'once' | 'optional' | 'repeated'): void {
    if (quantifier !== 'optional') this.#run += character
    if (quantifier !== 'once') this.#endRun()
  }

  addGroup(literals: RequiredLiterals): void {
    this.#endRun()
    if (literals !== null && worth(literals) > worth(this.#best)) this.#best = literals
  }

  best(): RequiredLiterals {
    this.#endRun()
    return this.#best
  }

  #endRun(): void {
    if (worth([this.#run]) > worth(this.#best)) this.#best = [this.#run]
    this.#run = ''
  }
}

/** The longer the shortest of them, the more headers it rules out; 0 for none or one that is too short. */
function worth(literals: RequiredLiterals): number {
  if (literals === null) return 0
  const lengths = literals.map((text) =>
    text.length < shortestLiteral ? 0 : everywhere.test(text) ? 1 : text.length,
  )
  return Math.min(...lengths)
}
