import type { AnalyticsGroup, AnalyticsResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import type { TimePoint } from '../charts/time-point.ts'
import { allOf, createdBetween } from '../links/filter-text.ts'
import { ReportLink, type ReportTarget } from '../links/report-link.tsx'
import { bucketEnd, bucketText } from '../moment/bucket-text.ts'
import { countText } from '../numbers/number-text.ts'
import { bucketTarget } from '../overview/hours-panel.tsx'
import { shownValues } from './shown-values.ts'

interface PointsCellProps {
  report: AnalyticsResponse
  group: AnalyticsGroup
  shown: 'sessions' | 'tokens' | 'people' | 'group'
  point: TimePoint
  /** Which line of the chart; `name` is what it is called. */
  series: number
  name: string
}

/** A number of the table over time, as a link to the sessions or the endings behind it where they can be listed. */
export function PointsCell(props: PointsCellProps): ReactNode {
  const { report, point, series, name } = props
  const value = point.values[series] ?? null
  if (value === null) return '–'
  const target = value === 0 ? null : targetOf(props)
  if (target === null) return countText(value)
  const label = `${name}: ${countText(value)}, ${bucketText(point.start, report.interval)}`
  return (
    <ReportLink target={target} label={label}>
      {countText(value)}
    </ReportLink>
  )
}

function targetOf({ report, group, shown, point, series }: PointsCellProps): ReportTarget | null {
  const { filter, interval } = report
  if (shown === 'sessions' && series === 0) return { to: 'sessions', filter: filterOfStep(report, point) }
  // The audit log has no such filters.
  if (shown === 'sessions') return filter === '' ? bucketTarget(point, interval, series) : null
  if (shown !== 'group') return null
  const value = shownValues(report)[series]
  const share = report.groups?.find((one) => one.value === value) ?? null
  if (share === null || share.filter === null || group === 'reason') return null
  const step = createdBetween(point.start, bucketEnd(point.start, interval))
  return { to: 'sessions', filter: allOf(share.filter, step) }
}

/** The sessions that were created in one step of the report. */
export function filterOfStep(
  { filter, interval }: AnalyticsResponse,
  { start }: Pick<TimePoint, 'start'>,
): string {
  return allOf(filter, createdBetween(start, bucketEnd(start, interval)))
}
