import type { DetectorOnWire } from 'latchkey/client'
import type { ReactNode } from 'react'
import type { DetectorDraft } from '../api/detectors.ts'
import { FilterSelect } from '../filters/filter-select.tsx'
import { Badge } from '../primitives/badge.tsx'
import { changesOf, type Draft } from './backtest-draft.ts'
import { ModeSelects } from './mode-selects.tsx'

interface BacktestFormProps {
  detectors: readonly DetectorOnWire[]
  draft: Draft
  days: string
  /** While it runs: what it was asked stays as it is. */
  isLocked: boolean
  onDays: (days: string) => void
  onChange: (name: string, draft: DetectorDraft) => void
}

/** The period, and how each detector would be set. */
export function BacktestForm(props: BacktestFormProps): ReactNode {
  const { detectors, draft, days, isLocked, onDays, onChange } = props
  const changed = new Set(changesOf(detectors, draft).map(([name]) => name))
  return (
    <fieldset disabled={isLocked} className="mt-2 min-w-0 disabled:opacity-60">
      <legend className="text-pretty text-muted">
        Replays the log under a draft, and says which sessions would have been concerned. Nothing changes by
        it.
      </legend>
      <div className="mt-4 max-w-56">
        <FilterSelect
          label="Period"
          all="The last 30 days"
          choices={{ '7': 'The last 7 days', '90': 'The last 90 days', '365': 'The last year' }}
          value={days === '30' ? '' : days}
          onChange={(value) => onDays(value === '' ? '30' : value)}
        />
      </div>
      <ul aria-label="Draft" className="mt-4 divide-y divide-line border-y border-line">
        {detectors.map(({ name, title, mode, response }) => (
          <li
            key={name}
            className="grid items-start gap-x-6 gap-y-2 py-2.5 sm:grid-cols-[minmax(0,1fr)_15rem]"
          >
            <p className="flex flex-wrap items-center gap-2 font-medium sm:pt-2">
              {title}
              {changed.has(name) ? <Badge look="accent">Draft</Badge> : null}
            </p>
            <ModeSelects
              title={title}
              draft={draft[name] ?? { mode, response }}
              onChange={(next) => onChange(name, next)}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
