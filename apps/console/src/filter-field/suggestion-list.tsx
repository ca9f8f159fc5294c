import { type ReactNode, useEffect, useRef } from 'react'
import type { Suggestion } from './suggestions.ts'

interface SuggestionListProps {
  /** Of the field; the list and its options are named after it. */
  id: string
  suggestions: readonly Suggestion[]
  active: number | null
  onTake: (suggestion: Suggestion) => void
  onActive: (active: number) => void
}

/** What could be typed next. The focus stays in the field. */
export function SuggestionList({
  id,
  suggestions,
  active,
  onTake,
  onActive,
}: SuggestionListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active !== null) list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div
      ref={list}
      id={`${id}-list`}
      role="listbox"
      aria-label="Suggestions"
      tabIndex={-1}
      hidden={suggestions.length === 0}
      className="absolute top-full left-0 z-30 mt-1 max-h-72 w-full max-w-xl overflow-y-auto rounded-xl bg-surface p-1.5 shadow-float"
    >
      {suggestions.map((suggestion, index) => (
        <Option
          key={suggestion.text}
          id={`${id}-${index}`}
          suggestion={suggestion}
          isActive={index === active}
          onTake={() => onTake(suggestion)}
          onActive={() => onActive(index)}
        />
      ))}
    </div>
  )
}

interface OptionProps {
  id: string
  suggestion: Suggestion
  isActive: boolean
  onTake: () => void
  onActive: () => void
}

function Option({ id, suggestion, isActive, onTake, onActive }: OptionProps): ReactNode {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      // Pressed, it must not take the focus from the field, which has the keys.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onPointerMove={() => isActive || onActive()}
      onClick={onTake}
      onKeyDown={() => {}}
      className="flex cursor-default items-baseline gap-3 rounded-md px-2.5 py-1.5 max-sm:py-2 aria-selected:bg-sunken forced-colors:aria-selected:outline-2"
    >
      <span className="min-w-0 font-medium wrap-anywhere">{suggestion.text}</span>
      <span className="ml-auto text-right text-[0.8125rem] text-muted">{suggestion.meaning}</span>
    </div>
  )
}
