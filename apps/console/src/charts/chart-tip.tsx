import type { ReactNode } from 'react'
import { countText } from '../numbers/number-text.ts'
import { seriesLook } from './series-look.ts'

interface ChartTipProps {
  title: string
  /** In the order of the series; null is told as unknown. */
  values: readonly { readonly name: string; readonly value: number | null }[]
  /** What a press does. */
  hint?: string | null
}

/** What stands beside the pointer in a chart. */
export function ChartTip({ title, values, hint = null }: ChartTipProps): ReactNode {
  return (
    <div className="min-w-36 rounded-lg bg-surface px-3 py-2 text-xs shadow-float">
      <p className="font-medium">{title}</p>
      <dl className="mt-1 space-y-0.5">
        {values.map(({ name, value }, index) => (
          <div key={name} className="flex items-center justify-between gap-5">
            <dt className="flex items-center gap-2 text-muted">
              <svg aria-hidden="true" width="8" height="8" className="shrink-0">
                <circle cx="4" cy="4" r="4" fill={seriesLook(index).colour} />
              </svg>
              {name}
            </dt>
            <dd className="font-medium tabular-nums">{value === null ? 'unknown' : countText(value)}</dd>
          </div>
        ))}
      </dl>
      {hint ? <p className="mt-1 text-muted">{hint}</p> : null}
    </div>
  )
}
