import { type KeyboardEvent, useState } from 'react'
import type { Suggestion } from './suggestions.ts'

interface SuggestionKeysOptions {
  readonly list: 'open' | 'closed'
  readonly setList: (list: 'open' | 'closed') => void
  readonly suggestions: readonly Suggestion[]
  readonly take: (suggestion: Suggestion) => void
  readonly apply: () => void
}

interface SuggestionKeys {
  /** The place of the one that Enter takes; null: Enter applies what was typed. */
  readonly active: number | null
  readonly setActive: (active: number | null) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** The keys of a combobox with a list, as the ARIA Authoring Practices have them. */
export function useSuggestionKeys(options: SuggestionKeysOptions): SuggestionKeys {
  const { list, setList, suggestions, take, apply } = options
  const [chosen, setActive] = useState<number | null>(null)
  const active = chosen !== null && chosen < suggestions.length ? chosen : null

  function move(step: 1 | -1): void {
    if (list === 'closed') setList('open')
    else setActive(stepped(active, step, suggestions.length))
  }

  function close(): void {
    setActive(null)
    setList('closed')
  }

  function enter(): void {
    const suggestion = active === null ? undefined : suggestions[active]
    setActive(null)
    if (suggestion) {
      take(suggestion)
      return
    }
    setList('closed')
    apply()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return
    const { key } = event
    const isOpen = list === 'open' && suggestions.length > 0
    if (key === 'ArrowDown') move(1)
    else if (key === 'ArrowUp') move(-1)
    else if (key === 'Enter') enter()
    else if (key === 'Escape' && isOpen) close()
    else return
    event.preventDefault()
  }

  return { active, setActive, onKeyDown }
}

/** Round and round; null where there is none. */
function stepped(active: number | null, step: 1 | -1, count: number): number | null {
  if (count === 0) return null
  if (active === null) return step === 1 ? 0 : count - 1
  return (active + step + count) % count
}
