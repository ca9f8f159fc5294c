import type { ReactNode } from 'react'
import { ReportLink, type ReportTarget } from '../links/report-link.tsx'
import { countText, shareText } from '../numbers/number-text.ts'

export interface Share {
  readonly key: string
  readonly name: string
  readonly count: number
  /** Of the period before; null: nothing to compare with. */
  readonly before: number | null
  readonly target: ReportTarget | null
}

interface ShareListProps {
  name: string
  shares: readonly Share[]
  /** What a share is one of; the bars are as long as the greatest. */
  total: number
}

/** Bars that lie, each with its name and number: a chart that is its own table. */
export function ShareList({ name, shares, total }: ShareListProps): ReactNode {
  const most = Math.max(1, ...shares.map(({ count }) => count))
  if (shares.length === 0) return <p className="py-2 text-[0.8125rem] text-muted">Nothing in this time.</p>
  return (
    <ul aria-label={name} className="space-y-2.5 text-[0.8125rem]">
      {shares.map((share) => (
        <li key={share.key}>
          <div className="flex items-baseline justify-between gap-3">
            <ReportLink target={share.target} className="min-w-0 truncate">
              {share.name}
            </ReportLink>
            <span className="shrink-0 tabular-nums">
              {countText(share.count)}
              <span className="ml-2 inline-block min-w-9 text-right text-muted">
                {shareText(total === 0 ? 0 : share.count / total)}
              </span>
            </span>
          </div>
          <Bar share={share.count / most} />
        </li>
      ))}
    </ul>
  )
}

function Bar({ share }: { share: number }): ReactNode {
  return (
    <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-sunken">
      <span
        className="block h-full rounded-full bg-[var(--chart-1)] forced-colors:bg-[Highlight]"
        style={{ width: `${Math.max(share * 100, share > 0 ? 1 : 0)}%` }}
      />
    </span>
  )
}
