import { ListFilter } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { FilterLabel } from '../filters/filter-label.tsx'
import { FilterSelect } from '../filters/filter-select.tsx'
import { FilterText } from '../filters/filter-text.tsx'
import { useNow } from '../moment/use-now.ts'
import { inputLook } from '../primitives/text-field.tsx'
import {
  defaultGroup,
  defaultPeriod,
  groups,
  mayShowDays,
  mayShowHours,
  periods,
} from './analytics-search.ts'
import type { AnalyticsState } from './use-analytics.ts'

const { [defaultPeriod]: usual, ...otherPeriods } = periods
const { [defaultGroup]: usualGroup, ...otherGroups } = groups

const periodNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(otherPeriods).map(([period, { name }]) => [period, name])),
  custom: 'From … to …',
}

/** Which time, in which steps, by what and of which sessions. */
export function AnalyticsBar({ state }: { state: AnalyticsState }): ReactNode {
  const { search, change } = state
  const now = useNow()
  return (
    <search
      aria-label="Analytics"
      className="grid grid-cols-2 items-end gap-x-2.5 gap-y-3 lg:grid-cols-[11rem_9rem_11rem_minmax(0,1fr)]"
    >
      <FilterSelect
        label="Period"
        all={usual.name}
        choices={periodNames}
        value={search.period ?? ''}
        onChange={(period) => change(period === 'custom' ? { period, ...lastWeek(now) } : { period })}
      />
      <FilterSelect
        label="Steps"
        all="As it fits"
        choices={{
          ...(mayShowHours(search, now) ? { hour: 'Hours' } : {}),
          ...(mayShowDays(search, now) ? { day: 'Days' } : {}),
        }}
        value={search.interval ?? ''}
        onChange={(interval) => change({ interval })}
      />
      <div className="max-lg:col-span-full">
        <FilterSelect
          label="Broken down by"
          all={usualGroup}
          choices={otherGroups}
          value={search.group_by ?? ''}
          onChange={(group) => change({ group_by: group })}
        />
      </div>
      <OfWhich state={state} />
      {search.period === 'custom' ? <OwnDays state={state} /> : null}
    </search>
  )
}

function lastWeek(now: number): { from: string; until: string } {
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10)
  return { from: day(now - 6 * 86_400_000), until: day(now) }
}

function OfWhich({ state: { search, change } }: { state: AnalyticsState }): ReactNode {
  return (
    <div className="max-lg:col-span-full">
      <FilterText
        label="Filter"
        example="country:NO browser:Firefox"
        icon={ListFilter}
        value={search.filter ?? ''}
        onChange={(filter) => change({ filter })}
      />
    </div>
  )
}

function OwnDays({ state: { search, change } }: { state: AnalyticsState }): ReactNode {
  return (
    <>
      <DayField label="From (UTC)" value={search.from ?? ''} onChange={(from) => change({ from })} />
      <DayField label="To (UTC)" value={search.until ?? ''} onChange={(until) => change({ until })} />
    </>
  )
}

interface DayFieldProps {
  label: string
  value: string
  onChange: (day: string) => void
}

/** The platform's own field. A day that would turn the period round is not taken. */
function DayField({ label, value, onChange }: DayFieldProps): ReactNode {
  const id = useId()
  return (
    <FilterLabel id={id} name={label}>
      <input
        id={id}
        type="date"
        key={value}
        defaultValue={value}
        onBlur={(event) => event.target.value !== value && onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && onChange(event.currentTarget.value)}
        className={inputLook}
      />
    </FilterLabel>
  )
}
