/** A word of a filter as it is being typed; the server has the whole grammar, and the last word on it. */
export interface TypedWord {
  readonly text: string
  /** Of its first character, and behind its last one. */
  readonly start: number
  readonly end: number
  /** In lower case; null: a bare word. */
  readonly key: string | null
  readonly isNegated: boolean
  /** As it was written, quotes included. */
  readonly value: string
}

/** Blanks separate words; quotes keep them together, and go on to the end where they are not closed. */
const piece = /(?:"(?:\\.|[^"\\])*(?:"|$)|[^\s"])+/gs
const keyed = /^(-?)([a-z]+):(.*)$/is

export function typedWords(text: string): TypedWord[] {
  return [...text.matchAll(piece)].map((found) => {
    const [written] = found
    const [, minus = '', key, value = written] = keyed.exec(written) ?? []
    return {
      text: written,
      start: found.index,
      end: found.index + written.length,
      key: key?.toLowerCase() ?? null,
      isNegated: minus === '-',
      value,
    }
  })
}

/** What the filter says of a key, where that is one plain value; empty otherwise. */
export function valueOfKey(text: string, key: string): string {
  const [word, another] = typedWords(text).filter((one) => one.key === key)
  return word === undefined || another !== undefined || word.isNegated ? '' : unquoted(word.value)
}

/** Whether the filter says anything of a key. */
export function hasKey(text: string, key: string): boolean {
  return typedWords(text).some((word) => word.key === key)
}

/** Whether it holds a text to be looked for, which is not precise enough to end what it finds. */
export function hasBareWord(text: string): boolean {
  return typedWords(text).some(({ key }) => key === null)
}

/** With that condition in the place of what the filter said of its key; the empty text takes it away. */
export function withCondition(text: string, key: string, condition: string): string {
  const words = typedWords(text)
  const place = words.findIndex((word) => word.key === key)
  const kept = words.map(({ key: own, text: written }, index) => {
    if (own !== key) return written
    return index === place ? condition : ''
  })
  return [...kept, place === -1 ? condition : ''].filter((word) => word !== '').join(' ')
}

/** Nothing in it waits to be typed on: a key without its value, say, or quotes that are not closed. */
export function isFinished(text: string): boolean {
  return typedWords(text).every(({ key, value, text: written }) => {
    const isClosed = !/^(?:[^"]*"(?:\\.|[^"\\])*")*[^"]*"(?:\\.|[^"\\])*$/s.test(written)
    return isClosed && written !== '-' && (key === null || (value !== '' && !/[,:<>=]$|\.\.$/.test(value)))
  })
}

function unquoted(value: string): string {
  return /^".*"$/s.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/gs, '$1') : value
}
