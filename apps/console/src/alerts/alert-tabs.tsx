import type { AlertStateOnWire, AlertsResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { countText } from '../numbers/number-text.ts'
import { alertStates } from './alert-search.ts'
import { stateName } from './alert-words.ts'

interface AlertTabsProps {
  state: AlertStateOnWire
  /** Null until they are known. */
  counts: AlertsResponse['counts'] | null
  onChange: (state: AlertStateOnWire) => void
}

/** The states, with how many alerts are in each. */
export function AlertTabs({ state, counts, onChange }: AlertTabsProps): ReactNode {
  return (
    <nav
      aria-label="State of the alerts"
      className="-mx-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0"
    >
      <ul className="flex flex-wrap gap-x-1">
        {alertStates.map((one) => (
          <li key={one}>
            <button
              type="button"
              aria-current={one === state ? 'page' : undefined}
              onClick={() => onChange(one)}
              className="-mb-px flex h-10 items-center gap-2 border-b-2 border-transparent px-2.5 font-medium whitespace-nowrap text-muted -outline-offset-2! hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
            >
              {stateName(one)}
              {counts ? (
                <span className="rounded-full bg-sunken px-1.5 text-xs/5 font-normal text-muted tabular-nums">
                  {countText(counts[one])}
                </span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
