import { type ReactNode, useRef } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { deviceTypeNames } from '../device/device-type-names.ts'
import { FilterField } from '../filter-field/filter-field.tsx'
import { hasKey, valueOfKey } from '../filter-field/typed-words.ts'
import { FilterSelect } from '../filters/filter-select.tsx'
import { Button } from '../primitives/button.tsx'
import type { FilterState } from './use-session-filters.ts'

interface Helper {
  readonly key: 'state' | 'type' | 'created' | 'risk'
  readonly label: string
  readonly all: string
  readonly choices: Readonly<Record<string, string>>
}

/** What is asked most, for those who would rather choose than type: each writes its word into the filter. */
const helpers: readonly Helper[] = [
  { key: 'state', label: 'State', all: 'Any state', choices: { live: 'Active', ended: 'Ended' } },
  { key: 'type', label: 'Device type', all: 'Any device', choices: deviceTypeNames },
  {
    key: 'created',
    label: 'Created',
    all: 'At any time',
    choices: { '<24h': 'Last 24 hours', '<7d': 'Last 7 days', '<30d': 'Last 30 days' },
  },
  {
    key: 'risk',
    label: 'Alert',
    all: 'Any or none',
    choices: { low: 'Low or more', medium: 'Medium or more', high: 'High or more', critical: 'Critical' },
  },
]

interface FilterBarProps {
  filterState: FilterState
  /** Why the filter was refused; null where it was not. */
  fault: ApiError | null
}

export function FilterBar({ filterState, fault }: FilterBarProps): ReactNode {
  const { filter, show, narrow } = filterState
  const field = useRef<HTMLInputElement>(null)
  function clear(): void {
    // The button goes away.
    field.current?.focus()
    show('')
  }
  return (
    <search aria-label="Sessions" className="block space-y-3">
      <div className="flex items-start gap-2.5">
        <div className="min-w-0 flex-1">
          <FilterField value={filter} onChange={show} fault={fault} inputRef={field} />
        </div>
        {filter === '' ? null : (
          <Button look="quiet" className="mt-5 h-10!" onClick={clear}>
            Clear
          </Button>
        )}
      </div>
      <div className="grid grid-cols-2 gap-x-2.5 gap-y-3 sm:grid-cols-4">
        {helpers.map(({ key, label, all, choices }) => (
          <FilterSelect
            key={key}
            label={label}
            all={all}
            choices={withOwn(choices, filter, key)}
            value={chosen(choices, filter, key)}
            onChange={(value) => value !== own && narrow(key, value)}
          />
        ))}
      </div>
    </search>
  )
}

/** Stands for what the filter says of a key where that is none of the choices. */
const own = 'as-in-the-filter'

function withOwn(choices: Helper['choices'], filter: string, key: string): Helper['choices'] {
  return chosen(choices, filter, key) === own ? { ...choices, [own]: 'As in the filter' } : choices
}

function chosen(choices: Helper['choices'], filter: string, key: string): string {
  const value = valueOfKey(filter, key)
  if (Object.hasOwn(choices, value)) return value
  return hasKey(filter, key) ? own : ''
}
