import type { AnalyticsDurations, OverviewResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { binsOf } from '../charts/duration-bins.ts'
import { Histogram } from '../charts/histogram.tsx'
import { Panel } from '../charts/panel.tsx'
import { ShareList } from '../charts/share-list.tsx'
import { ReportLink } from '../links/report-link.tsx'
import { durationText } from '../numbers/duration-text.ts'
import { countText } from '../numbers/number-text.ts'
import { endReasonName } from '../sessions/end-reason-text.ts'
import { lastDayOf } from './last-day.ts'

/** How long sessions last, and why they end. */
export function DurationsPanel({ overview }: { overview: OverviewResponse }): ReactNode {
  const { durations, last_24_hours: last } = overview
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <Panel title="How long sessions last" lead="Those that ended in the last 7 days">
        <Durations durations={durations} />
      </Panel>
      <Panel
        title="Why sessions ended"
        lead="In the last 24 hours"
        action={
          <ReportLink
            target={{ to: 'audit', type: 'session.ended', ...lastDayOf(overview) }}
            className="text-[0.8125rem] text-muted"
          >
            All endings
          </ReportLink>
        }
      >
        <Reasons counts={last.ended_by_reason} />
      </Panel>
    </div>
  )
}

/** Percentiles and their histogram. */
export function Durations({ durations }: { durations: AnalyticsDurations }): ReactNode {
  const { count, p50, p90, p99, average, histogram } = durations
  if (count === 0) return <p className="py-2 text-[0.8125rem] text-muted">None ended in this time.</p>
  const figures: readonly (readonly [string, string])[] = [
    ['Half are over after', told(p50)],
    ['9 of 10 after', told(p90)],
    ['99 of 100 after', told(p99)],
    ['On average', told(average)],
    ['Ended', countText(count)],
  ]
  return (
    <>
      <dl className="mb-2 grid grid-cols-2 gap-x-8 gap-y-3 sm:flex sm:flex-wrap sm:gap-x-7">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt className="text-xs text-muted">{name}</dt>
            <dd className="text-base/6 font-semibold tracking-[-0.01em] tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <Histogram name="Sessions by how long they lasted" of="Lasted" bins={binsOf(histogram)} />
    </>
  )
}

function told(seconds: number | null): string {
  return seconds === null ? '–' : durationText(seconds)
}

/** Without links: the audit log is not narrowed to a reason. */
function Reasons({ counts }: { counts: Readonly<Record<string, number>> }): ReactNode {
  const reasons = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted((one, other) => other[1] - one[1])
  return (
    <ShareList
      name="Why sessions ended"
      total={reasons.reduce((sum, [, count]) => sum + count, 0)}
      shares={reasons.map(([reason, count]) => ({
        key: reason,
        name: endReasonName(reason),
        count,
        before: null,
        target: null,
      }))}
    />
  )
}
