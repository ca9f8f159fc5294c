import type { MouseEvent, ReactNode } from 'react'
import { useDetectors } from '../detectors/use-detectors.ts'
import { FilterSelect } from '../filters/filter-select.tsx'
import { FilterText } from '../filters/filter-text.tsx'
import { Button } from '../primitives/button.tsx'
import { severities, severityName } from '../severity/severity-badge.tsx'
import { assignees, isNarrowed } from './alert-search.ts'
import type { AlertSearchState } from './use-alerts.ts'

const severityChoices = Object.fromEntries(severities.map((severity) => [severity, severityName(severity)]))

export function AlertFilterBar({ searchState }: { searchState: AlertSearchState }): ReactNode {
  const { search, change } = searchState
  const detectors = useDetectors().data?.detectors ?? []
  const choices: Record<string, string> = Object.fromEntries(
    detectors.map(({ name, title }) => [name, title]),
  )
  // A link may name one that there is no more.
  if (search.detector !== undefined) choices[search.detector] ??= search.detector
  return (
    <search aria-label="Alerts" className="grid grid-cols-2 items-end gap-x-2.5 gap-y-3 lg:flex lg:*:flex-1">
      <div className="max-lg:col-span-full">
        <FilterSelect
          label="Detector"
          all="Any detector"
          choices={choices}
          value={search.detector ?? ''}
          onChange={(detector) => change({ detector })}
        />
      </div>
      <FilterSelect
        label="Severity"
        all="Low or more"
        choices={severityChoices}
        value={search.severity ?? ''}
        onChange={(severity) => change({ severity })}
      />
      <FilterSelect
        label="Looked after by"
        all="Anybody"
        choices={assignees}
        value={search.assignee ?? ''}
        onChange={(assignee) => change({ assignee })}
      />
      <div className="max-lg:col-span-full">
        <FilterText label="User ID" value={search.user_id ?? ''} onChange={(id) => change({ user_id: id })} />
      </div>
      {isNarrowed(search) ? <ClearButton change={change} /> : null}
    </search>
  )
}

function ClearButton({ change }: Pick<AlertSearchState, 'change'>): ReactNode {
  function clear(event: MouseEvent<HTMLElement>): void {
    // This button goes away.
    event.currentTarget.closest('search')?.querySelector('select')?.focus()
    change({ detector: '', severity: '', assignee: '', user_id: '' })
  }
  return (
    <Button look="quiet" className="h-10! max-lg:col-span-full lg:flex-none!" onClick={clear}>
      Clear
    </Button>
  )
}
