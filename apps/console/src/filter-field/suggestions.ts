import { condition } from '../links/filter-text.ts'
import { filterKeys, type KnownValue } from './filter-keys.ts'
import { typedWords } from './typed-words.ts'

/** One thing that could be typed next. */
export interface Suggestion {
  /** What stands in the list. */
  readonly text: string
  readonly meaning: string
  /** The filter with it, and where the caret then is. */
  readonly filter: string
  readonly caret: number
  /** `key`: there is a value to come. */
  readonly kind: 'key' | 'value'
}

const most = 12

/** What fits where the caret is. `seen`: values by key, those that were seen most first. */
export function suggestionsAt(
  text: string,
  caret: number,
  seen: Readonly<Record<string, readonly KnownValue[]>>,
): Suggestion[] {
  const word = typedWords(text).find(({ start, end }) => start < caret && caret <= end)
  const typed = word ? text.slice(word.start, caret) : ''
  const start = word?.start ?? caret
  const end = word?.end ?? caret
  const replaced = (by: string, kind: Suggestion['kind']): Pick<Suggestion, 'filter' | 'caret' | 'kind'> => {
    const rest = text.slice(end)
    const gap = kind === 'value' && !rest.startsWith(' ') ? ' ' : ''
    const next = text.slice(0, start) + by + gap
    return { filter: next + rest, caret: next.length, kind }
  }
  const colon = typed.indexOf(':')
  if (colon === -1) return keysFor(typed, replaced)
  return valuesFor(typed.slice(0, colon), typed.slice(colon + 1), seen, replaced)
}

type Replace = (by: string, kind: Suggestion['kind']) => Pick<Suggestion, 'filter' | 'caret' | 'kind'>

function keysFor(typed: string, replaced: Replace): Suggestion[] {
  const minus = typed.startsWith('-') ? '-' : ''
  const beginning = typed.slice(minus.length).toLowerCase()
  return Object.entries(filterKeys)
    .filter(([key]) => key.startsWith(beginning))
    .map(([key, { meaning }]) => ({
      text: `${minus}${key}:`,
      meaning,
      ...replaced(`${minus}${key}:`, 'key'),
    }))
}

function valuesFor(
  writtenKey: string,
  typed: string,
  seen: Readonly<Record<string, readonly KnownValue[]>>,
  replaced: Replace,
): Suggestion[] {
  const key = writtenKey.replace(/^-/, '').toLowerCase()
  if (!Object.hasOwn(filterKeys, key)) return []
  const known = filterKeys[key]?.values ?? seen[key] ?? []
  // Quotes may hold commas: only what stands behind the last one outside of them is being typed.
  const before = /^(?:(?:"(?:\\.|[^"\\])*"|[^",])*,)*/s.exec(typed)?.[0] ?? ''
  const wanted = typed.slice(before.length).replace(/^"/, '').toLowerCase()
  const there = before.split(',').map((value) => value.replaceAll('"', ''))
  return known
    .filter(({ value }) => !there.includes(value))
    .filter(({ value, meaning = '' }) => fits(value, wanted) || fits(meaning, wanted))
    .slice(0, most)
    .map(({ value, meaning = '' }) => {
      const written = condition(key, value).slice(key.length + 1)
      return { text: value, meaning, ...replaced(`${writtenKey}:${before}${written}`, 'value') }
    })
}

/** At the beginning of one of its words. */
function fits(text: string, wanted: string): boolean {
  return ` ${text.toLowerCase()}`.includes(` ${wanted}`)
}
