import type { AnalyticsPoint } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Panel } from '../charts/panel.tsx'
import type { TimePoint } from '../charts/time-point.ts'
import { TimeSeries } from '../charts/time-series.tsx'
import { createdBetween } from '../links/filter-text.ts'
import { ReportLink, type ReportTarget } from '../links/report-link.tsx'
import { useFollow } from '../links/use-follow.ts'
import { type BucketInterval, bucketEnd, bucketText } from '../moment/bucket-text.ts'
import { countText } from '../numbers/number-text.ts'

/** What was created and what ended, by the hour. */
export function HoursPanel({ hours }: { hours: readonly AnalyticsPoint[] }): ReactNode {
  const follow = useFollow()
  return (
    <Panel title="Signed in and ended, per hour" lead="The last 48 hours, in your time zone">
      <TimeSeries
        name="Sessions created and ended per hour"
        interval="hour"
        height="h-56 xl:h-112"
        series={['Signed in', 'Ended']}
        points={hours.map(({ start, created, ended }) => ({ start, values: [created, ended] }))}
        cell={(point, series) => <BucketCell interval="hour" point={point} series={series} />}
        onFollow={(point) => follow(bucketTarget(point, 'hour', 0))}
      />
    </Panel>
  )
}

interface BucketCellProps {
  interval: BucketInterval
  point: TimePoint
  /** 0: created; 1: ended. */
  series: number
}

/** A number of the table, as a link to the sessions or the endings behind it. */
export function BucketCell({ interval, point, series }: BucketCellProps): ReactNode {
  const value = point.values[series] ?? null
  if (value === null) return '–'
  if (value === 0) return '0'
  const what = series === 0 ? 'signed in' : 'ended'
  return (
    <ReportLink
      target={bucketTarget(point, interval, series)}
      label={`${countText(value)} ${what}, ${bucketText(point.start, interval)}`}
    >
      {countText(value)}
    </ReportLink>
  )
}

export function bucketTarget({ start }: TimePoint, interval: BucketInterval, series: number): ReportTarget {
  const until = bucketEnd(start, interval)
  return series === 0
    ? { to: 'sessions', filter: createdBetween(start, until) }
    : { to: 'audit', type: 'session.ended', from: start, until }
}
