import { Search } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { deviceTypeNames } from '../device/device-type-names.ts'
import { FilterSelect } from '../filters/filter-select.tsx'
import { FilterText } from '../filters/filter-text.tsx'
import { Button } from '../primitives/button.tsx'
import { isFiltered } from './session-filters.ts'
import type { FilterState } from './use-session-filters.ts'

const states: Record<string, string> = { live: 'Active', ended: 'Ended' }

/** Where each filter has its column on wide screens, with and without the way to clear them. */
const columns = {
  plain: 'xl:grid-cols-[minmax(0,1fr)_8.5rem_9.5rem_10rem_10rem]',
  filtered: 'xl:grid-cols-[minmax(0,1fr)_8.5rem_9.5rem_10rem_10rem_auto]',
}

export function FilterBar({ filterState }: { filterState: FilterState }): ReactNode {
  const { filters, change, clear } = filterState
  const state = isFiltered(filters) ? 'filtered' : 'plain'
  const of = (name: 'search' | 'state' | 'device_type' | 'user_id' | 'ip_address') => ({
    value: filters[name] ?? '',
    onChange: (value: string) => change({ [name]: value }),
  })
  function clearAll(event: MouseEvent<HTMLElement>): void {
    // This button goes away.
    event.currentTarget.closest('search')?.querySelector('input')?.focus()
    clear()
  }
  return (
    <search
      aria-label="Sessions"
      className={`grid grid-cols-2 items-end gap-x-2.5 gap-y-3 sm:grid-cols-4 ${columns[state]}`}
    >
      <div className="max-xl:col-span-full">
        <FilterText label="Search" example="Email, ID or whole address" icon={Search} {...of('search')} />
      </div>
      <FilterSelect label="State" all="Any state" choices={states} {...of('state')} />
      <FilterSelect label="Device type" all="Any device" choices={deviceTypeNames} {...of('device_type')} />
      <FilterText label="User ID" {...of('user_id')} />
      <FilterText label="IP address" {...of('ip_address')} />
      {state === 'filtered' ? (
        <Button look="quiet" className="h-10! max-xl:col-span-full" onClick={clearAll}>
          Clear filters
        </Button>
      ) : null}
    </search>
  )
}
