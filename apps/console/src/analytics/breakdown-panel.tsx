import type { AnalyticsGroup, AnalyticsResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { DataTable } from '../charts/data-table.tsx'
import { Panel } from '../charts/panel.tsx'
import { sharesOf, sumOf } from '../charts/share-names.ts'
import { ReportLink } from '../links/report-link.tsx'
import { comparison } from '../numbers/comparison.ts'
import { countText, shareText } from '../numbers/number-text.ts'
import { createdOrEnded, groups } from './analytics-search.ts'

interface BreakdownPanelProps {
  report: AnalyticsResponse
  group: AnalyticsGroup
}

/** The values of the group, each with the period before it and the sessions behind it. */
export function BreakdownPanel({ report, group }: BreakdownPanelProps): ReactNode {
  if (report.groups === null) return null
  const total = sumOf(report.groups)
  const what = createdOrEnded(group)
  const title = `${what}, by ${groups[group].toLowerCase()}`
  return (
    <Panel title={title}>
      {report.groups.length === 0 ? (
        <p className="py-2 text-[0.8125rem] text-muted">Nothing in this time.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section tabIndex={0} aria-label={`${title}, as a table`} className="max-h-96 overflow-auto pr-1">
          <DataTable
            caption={title}
            columns={[groups[group], what, 'Share', 'Before', 'Change']}
            rows={sharesOf(group, report.groups).map(({ key, name, count, before, target }) => ({
              key,
              name: <ReportLink target={target}>{name}</ReportLink>,
              cells: [
                countText(count),
                shareText(total === 0 ? 0 : count / total),
                before === null ? '–' : countText(before),
                changeText(count, before),
              ],
            }))}
          />
        </section>
      )}
    </Panel>
  )
}

/** `+12%`; the words of `comparison` are too long for a table. */
function changeText(count: number, before: number | null): string {
  if (before === null) return '–'
  const { direction } = comparison(count, before, '')
  if (direction === 'same') return 'none'
  if (before === 0) return 'new'
  return `${direction === 'up' ? '+' : '−'}${shareText(Math.abs(count - before) / before)}`
}
