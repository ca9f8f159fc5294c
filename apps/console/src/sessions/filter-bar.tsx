import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { deviceTypeNames } from '../device/device-name.ts'
import { Button } from '../primitives/button.tsx'
import { FilterSelect } from './filter-select.tsx'
import { FilterText } from './filter-text.tsx'
import { isFiltered, type SessionFilters } from './session-filters.ts'

interface FilterBarProps {
  filters: SessionFilters
  change: (change: Record<string, string>) => void
  clear: () => void
}

const states: Record<string, string> = { live: 'Active', ended: 'Ended' }

export function FilterBar({ filters, change, clear }: FilterBarProps): ReactNode {
  const filtered = isFiltered(filters)
  return (
    <search
      aria-label="Sessions"
      className={`grid grid-cols-2 gap-2.5 sm:grid-cols-4 xl:grid-cols-[minmax(0,1fr)_8.5rem_9.5rem_10rem_10rem] ${filtered ? 'xl:grid-cols-[minmax(0,1fr)_8.5rem_9.5rem_10rem_10rem_auto]' : ''}`}
    >
      <div className="max-xl:col-span-full">
        <FilterText
          label="Search"
          example="User, address or session ID"
          icon={Search}
          value={filters.search ?? ''}
          onChange={(search) => change({ search })}
        />
      </div>
      <FilterSelect
        label="State"
        all="Any state"
        choices={states}
        value={filters.state ?? ''}
        onChange={(state) => change({ state })}
      />
      <FilterSelect
        label="Device type"
        all="Any device"
        choices={deviceTypeNames}
        value={filters.device_type ?? ''}
        onChange={(type) => change({ device_type: type })}
      />
      <FilterText label="User ID" value={filters.user_id ?? ''} onChange={(id) => change({ user_id: id })} />
      <FilterText
        label="IP address"
        value={filters.ip_address ?? ''}
        onChange={(address) => change({ ip_address: address })}
      />
      {filtered ? (
        <Button look="quiet" className="h-10! max-xl:col-span-full" onClick={clear}>
          Clear
          <span className="sr-only"> all filters</span>
        </Button>
      ) : null}
    </search>
  )
}
