import type { ReactNode, RefObject } from 'react'
import { inputLook } from '../primitives/text-field.tsx'
import type { useFilterField } from './use-filter-field.ts'

interface FilterInputProps {
  id: string
  inputRef: RefObject<HTMLInputElement | null>
  /** What lies over it and is scrolled with it. */
  mirrorRef: RefObject<HTMLDivElement | null>
  work: ReturnType<typeof useFilterField>
  isFaulty: boolean
}

/** A combobox of the ARIA Authoring Practices: the focus stays here, the list is beside it. */
export function FilterInput({ id, inputRef, mirrorRef, work, isFaulty }: FilterInputProps): ReactNode {
  const { text, suggestions, active, type, moveCaret, setList, apply, onKeyDown } = work
  return (
    <input
      ref={inputRef}
      id={id}
      type="text"
      enterKeyHint="search"
      role="combobox"
      aria-expanded={suggestions.length > 0}
      aria-controls={`${id}-list`}
      aria-autocomplete="list"
      aria-activedescendant={active === null ? undefined : `${id}-${active}`}
      aria-invalid={isFaulty || undefined}
      aria-describedby={isFaulty ? `${id}-fault` : undefined}
      placeholder="Email, ID, IP or country:NO…"
      autoCapitalize="none"
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      maxLength={4000}
      value={text}
      onChange={({ target }) => type(target.value, target.selectionStart ?? target.value.length)}
      onSelect={({ currentTarget }) => moveCaret(currentTarget.selectionStart ?? 0)}
      onScroll={({ currentTarget }) => mirrorRef.current?.scrollTo({ left: currentTarget.scrollLeft })}
      onClick={() => setList('open')}
      onBlur={() => {
        setList('closed')
        // What stands here and what is in effect are one from now on.
        apply()
      }}
      onKeyDown={onKeyDown}
      className={`${inputLook} pl-9`}
    />
  )
}
