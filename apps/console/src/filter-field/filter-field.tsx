import { ListFilter } from 'lucide-react'
import { type ReactNode, type RefObject, useId, useRef } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { FilterLabel } from '../filters/filter-label.tsx'
import { FaultMark } from './fault-mark.tsx'
import { FilterFault } from './filter-fault.tsx'
import { FilterInput } from './filter-input.tsx'
import { SuggestionList } from './suggestion-list.tsx'
import { useFilterField } from './use-filter-field.ts'

interface FilterFieldProps {
  value: string
  onChange: (filter: string) => void
  /** Why the filter was refused; null where it was not. */
  fault: ApiError | null
  inputRef: RefObject<HTMLInputElement | null>
}

/** The one field for the filter's grammar: it offers keys and values, and marks the word at fault. */
export function FilterField({ value, onChange, fault, inputRef }: FilterFieldProps): ReactNode {
  const id = useId()
  const work = useFilterField(value, onChange, inputRef)
  const { text, suggestions, active, setActive, take } = work
  const mirror = useRef<HTMLDivElement>(null)
  // What is marked is what was asked; what was typed since is not known to be wrong.
  const shown = fault !== null && text.trim() === value ? fault : null
  const lead = text.length - text.trimStart().length

  function select({ position, word }: NonNullable<ApiError['fault']>): void {
    inputRef.current?.focus()
    inputRef.current?.setSelectionRange(lead + position, lead + position + word.length)
  }
  return (
    <div>
      <FilterLabel id={id} name="Filter">
        <ListFilter
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
        />
        <FilterInput id={id} inputRef={inputRef} mirrorRef={mirror} work={work} isFaulty={shown !== null} />
        {shown?.fault ? <FaultMark mirrorRef={mirror} text={text} lead={lead} fault={shown.fault} /> : null}
        <SuggestionList
          id={id}
          suggestions={suggestions}
          active={active}
          onTake={take}
          onActive={setActive}
        />
      </FilterLabel>
      {shown ? <FilterFault id={`${id}-fault`} error={shown} onShow={select} /> : null}
    </div>
  )
}
