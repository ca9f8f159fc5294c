import { type MouseEvent, type ReactNode, useId } from 'react'
import { FilterLabel } from '../filters/filter-label.tsx'
import { FilterSelect } from '../filters/filter-select.tsx'
import { FilterText } from '../filters/filter-text.tsx'
import { Button } from '../primitives/button.tsx'
import { inputLook } from '../primitives/text-field.tsx'
import { isAuditFiltered, localText } from './audit-filters.ts'
import { eventTypes } from './event-types.ts'
import type { AuditFilterState } from './use-audit.ts'

export function AuditFilterBar({ filterState }: { filterState: AuditFilterState }): ReactNode {
  const { filters, change, clear } = filterState
  const isFiltered = isAuditFiltered(filters)
  const of = (name: 'user_id' | 'actor' | 'type' | 'request_id') => ({
    value: filters[name] ?? '',
    onChange: (value: string) => change({ [name]: value }),
  })
  function clearAll(event: MouseEvent<HTMLElement>): void {
    // This button goes away.
    event.currentTarget.closest('search')?.querySelector('input')?.focus()
    clear()
  }
  return (
    <search aria-label="Audit log" className="grid grid-cols-2 items-end gap-x-2.5 gap-y-3 md:grid-cols-3">
      <FilterText label="User ID" {...of('user_id')} />
      <FilterText label="Done by" {...of('actor')} />
      <div className="max-md:col-span-full">
        <FilterSelect label="Event" all="Any event" choices={eventTypes} {...of('type')} />
      </div>
      <div className="max-md:col-span-full">
        <FilterText label="Request or bulk ending" {...of('request_id')} />
      </div>
      <FilterMoment label="From" value={filters.from} onChange={(from) => change({ from })} />
      <FilterMoment label="Until" value={filters.until} onChange={(until) => change({ until })} />
      {isFiltered ? (
        <Button look="quiet" className="h-10! col-span-full md:justify-self-start" onClick={clearAll}>
          Clear filters
        </Button>
      ) : null}
    </search>
  )
}

interface FilterMomentProps {
  label: string
  /** ISO 8601; undefined for none. */
  value: string | undefined
  /** Told a local date and time, or nothing. */
  onChange: (text: string) => void
}

/** In the reader's zone; the platform's own field. */
function FilterMoment({ label, value, onChange }: FilterMomentProps): ReactNode {
  const id = useId()
  return (
    <div className="max-sm:col-span-full">
      <FilterLabel id={id} name={label}>
        <input
          id={id}
          type="datetime-local"
          // Typed in parts: what the URL says stands in it when it comes from elsewhere.
          key={value ?? ''}
          defaultValue={localText(value)}
          onBlur={(event) => event.target.value !== localText(value) && onChange(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && onChange(event.currentTarget.value)}
          className={inputLook}
        />
      </FilterLabel>
    </div>
  )
}
