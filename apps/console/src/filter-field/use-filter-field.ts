import { type RefObject, useState } from 'react'
import type { KnownValue } from './filter-keys.ts'
import { type Suggestion, suggestionsAt } from './suggestions.ts'
import { type FilterText, useFilterText } from './use-filter-text.ts'
import { useSeenValues } from './use-seen-values.ts'
import { useSuggestionKeys } from './use-suggestion-keys.ts'

type SuggestionKeys = ReturnType<typeof useSuggestionKeys>

interface FilterFieldWork extends Pick<FilterText, 'text' | 'moveCaret' | 'apply'>, SuggestionKeys {
  readonly suggestions: readonly Suggestion[]
  readonly take: (suggestion: Suggestion) => void
  readonly type: (text: string, caret: number) => void
  readonly setList: (list: 'open' | 'closed') => void
}

const nothing: readonly Suggestion[] = []

/** What is typed, what could be typed next, and the keys for both. */
export function useFilterField(
  value: string,
  onChange: (filter: string) => void,
  input: RefObject<HTMLInputElement | null>,
): FilterFieldWork {
  const { text, caret, type, moveCaret, apply } = useFilterText(value, onChange)
  const [list, setList] = useState<'open' | 'closed'>('closed')
  const seen: Readonly<Record<string, readonly KnownValue[]>> = useSeenValues(
    list === 'open' ? 'now' : 'not-yet',
  )
  const suggestions = list === 'open' ? suggestionsAt(text, caret, seen) : nothing

  function take({ filter, caret: next, kind }: Suggestion): void {
    type(filter, next)
    setList(kind === 'key' ? 'open' : 'closed')
    if (kind === 'value') apply(filter)
    queueMicrotask(() => input.current?.setSelectionRange(next, next))
  }
  const keys = useSuggestionKeys({ list, setList, suggestions, take, apply })
  function typeAndSuggest(next: string, at: number): void {
    type(next, at)
    keys.setActive(null)
    setList('open')
  }
  return { text, moveCaret, apply, suggestions, take, type: typeAndSuggest, setList, ...keys }
}
