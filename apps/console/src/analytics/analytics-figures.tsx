import type { AnalyticsResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { FigureTile } from '../charts/figure-tile.tsx'
import { allOf, createdBetween } from '../links/filter-text.ts'
import { ReportLink, type ReportTarget } from '../links/report-link.tsx'

const called = 'the period before'

/** Sums of the period, each with that of the one before. */
export function AnalyticsFigures({ report }: { report: AnalyticsResponse }): ReactNode {
  const { from, to, filter, totals, before } = report
  const audited = (type: string): ReportTarget | null =>
    filter === '' ? { to: 'audit', type, from, until: to } : null
  const tiles: readonly (readonly [string, number | null, number | null, ReportTarget | null])[] = [
    [
      'Signed in',
      totals.created,
      before?.created ?? null,
      { to: 'sessions', filter: allOf(filter, createdBetween(from, to)) },
    ],
    ['Ended', totals.ended, before?.ended ?? null, audited('session.ended')],
    ['Verified', totals.verified, before?.verified ?? null, audited('verifications.counted')],
    ['Refused', totals.refused, before?.refused ?? null, audited('verifications.counted')],
  ]
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {tiles.map(([name, value, earlier, target]) => (
        <FigureTile
          key={name}
          name={name}
          value={value}
          before={{ value: earlier, called }}
          note={value === null ? 'Not known by filter' : undefined}
          link={(number) => <ReportLink target={target}>{number}</ReportLink>}
        />
      ))}
    </dl>
  )
}
