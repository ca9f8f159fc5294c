/** A word of a filter, as it was written. */
export interface FilterWord {
  readonly text: string
  /** Of its first character in the filter, from 0. */
  readonly position: number
  /** It began with `-`. */
  readonly isNegated: boolean
  /** In lower case; null: a bare word, which has one value. */
  readonly key: string | null
  /** At least one. */
  readonly values: readonly WrittenValue[]
}

export interface WrittenValue {
  readonly text: string
  /** It is meant to the letter. */
  readonly isQuoted: boolean
}

/** What is wrong with a filter. */
export interface FilterFault {
  /** The word at fault, cut to 100 characters. */
  readonly word: string
  /** Of its first character in the filter, from 0. */
  readonly position: number
  /** A sentence for people; begins with a capital letter and ends with a full stop. */
  readonly message: string
}

/** In characters. Longer: a list of things, which is no filter. */
export const longestFilter = 4_000
/** Words in a filter. More: a statement that takes longer to plan than to run. */
export const mostWords = 40
/** Values in a word. */
export const mostValues = 50
/** In characters: as long as a user id may be. */
export const longestValue = 255

const longestWordShown = 100

/** Words are separated by blanks, which quotes keep together. One pass over the text. */
export function filterWords(text: string): readonly FilterWord[] | FilterFault {
  if (text.length > longestFilter) {
    return faultAt(text, 0, `A filter has at most ${longestFilter} characters.`)
  }
  if (text.includes('\0') || !text.isWellFormed()) {
    return faultAt(text, 0, 'A filter is well-formed text without NUL characters.')
  }
  const words: FilterWord[] = []
  for (const { written, position } of pieces(text)) {
    if (words.length === mostWords)
      return faultAt(written, position, `A filter has at most ${mostWords} words.`)
    const word = wordOf(written, position)
    if ('message' in word) return word
    words.push(word)
  }
  return words
}

export function faultOf(word: FilterWord, message: string): FilterFault {
  return faultAt(word.text, word.position, message)
}

function faultAt(written: string, position: number, message: string): FilterFault {
  return { word: written.slice(0, longestWordShown).toWellFormed(), position, message }
}

interface Piece {
  readonly written: string
  readonly position: number
}

/** Quotes that are not closed go on to the end; whoever reads the value says so. */
function pieces(text: string): readonly Piece[] {
  const found: Piece[] = []
  let start: number | null = null
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    const isBlank = !isQuoted && /\s/.test(character)
    if (isBlank) {
      if (start !== null) found.push({ written: text.slice(start, at), position: start })
      start = null
      continue
    }
    start ??= at
    if (isQuoted && character === '\\') at += 1
    else if (character === '"') isQuoted = !isQuoted
  }
  if (start !== null) found.push({ written: text.slice(start), position: start })
  return found
}

const keyed = /^(-?)([a-z]+):/i

function wordOf(written: string, position: number): FilterWord | FilterFault {
  const [beginning = '', minus = '', key = null] = keyed.exec(written) ?? []
  if (key === null && written.startsWith('-')) {
    return faultAt(
      written,
      position,
      'Only key:value can be negated; put a text that begins with - in quotes.',
    )
  }
  // A bare word may hold commas: a search is one text.
  const values = valuesOf(written.slice(beginning.length), key === null ? null : ',')
  if (typeof values === 'string') return faultAt(written, position, values)
  return { text: written, position, isNegated: minus === '-', key: key?.toLowerCase() ?? null, values }
}

/** What is wrong with them, as a sentence; or the values, each once. */
function valuesOf(written: string, separator: string | null): readonly WrittenValue[] | string {
  const values = new Map<string, WrittenValue>()
  let at = 0
  do {
    const value = written[at] === '"' ? quoted(written, at) : plain(written, at, separator)
    if (typeof value === 'string') return value
    if (value.text === '') return 'It needs a value after the colon, and after each comma.'
    if (value.text.length > longestValue) return `A value has at most ${longestValue} characters.`
    values.set(`${value.isQuoted}${value.text}`, value)
    if (values.size > mostValues) return `A word has at most ${mostValues} values.`
    at = value.end
    if (at < written.length && written[at] !== separator) return 'Quotes go around a whole value.'
    at += 1
  } while (at <= written.length)
  return [...values.values()].map(({ text, isQuoted }) => ({ text, isQuoted }))
}

type ReadValue = WrittenValue & { readonly end: number }

function plain(written: string, start: number, separator: string | null): ReadValue | string {
  const found = separator === null ? -1 : written.indexOf(separator, start)
  const end = found === -1 ? written.length : found
  const text = written.slice(start, end)
  return text.includes('"') ? 'Quotes go around a whole value.' : { text, isQuoted: false, end }
}

/** Within quotes a backslash takes the next character as it is. */
function quoted(written: string, start: number): ReadValue | string {
  let text = ''
  for (let at = start + 1; at < written.length; at += 1) {
    const character = written[at]
    if (character === '"') return { text, isQuoted: true, end: at + 1 }
    if (character === '\\') at += 1
    text += written[at] ?? ''
  }
  return 'The quotes are not closed.'
}
