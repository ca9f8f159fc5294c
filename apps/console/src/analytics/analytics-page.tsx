import type { AnalyticsGroup, AnalyticsResponse } from 'latchkey/client'
import { Info } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError } from '../api/api-error.ts'
import { Panel } from '../charts/panel.tsx'
import { PageHeading } from '../layout/page-heading.tsx'
import { BehindNotice } from '../live/behind-notice.tsx'
import { LiveMark } from '../live/live-mark.tsx'
import { Outdated } from '../live/outdated.tsx'
import { exactMoment } from '../moment/exact-moment.ts'
import { useNow } from '../moment/use-now.ts'
import { Durations } from '../overview/durations-panel.tsx'
import { Failed, Loading } from '../primitives/card.tsx'
import { Notice } from '../primitives/notice.tsx'
import { AnalyticsBar } from './analytics-bar.tsx'
import { AnalyticsFigures } from './analytics-figures.tsx'
import { AnalyticsFiles } from './analytics-files.tsx'
import { defaultGroup, toAnalyticsQuery } from './analytics-search.ts'
import { BreakdownPanel } from './breakdown-panel.tsx'
import { PointsPanel } from './points-panel.tsx'
import { RetentionPanel } from './retention-panel.tsx'
import { useAnalytics, useAnalyticsSearch } from './use-analytics.ts'

/** Administration → Analytics. */
export function AnalyticsPage(): ReactNode {
  const state = useAnalyticsSearch()
  const now = useNow()
  const query = toAnalyticsQuery(state.search, now)
  const report = useAnalytics(query.toString())
  const isRefused = report.error instanceof ApiError && report.error.status === 422
  return (
    <div className="mx-auto max-w-6xl space-y-6">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <PageHeading title="Analytics">
          Sign-ins and endings over any time, compared with the time before it.
        </PageHeading>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <LiveMark state="minutely" />
          <AnalyticsFiles query={query} />
        </div>
      </div>
      <AnalyticsBar state={state} />
      {isRefused ? (
        <Notice look="danger" role="alert">
          {report.error?.message}
        </Notice>
      ) : null}
      {report.isPending ? <Loading words="Loading the numbers…" /> : null}
      {report.isLoadingError && !isRefused ? <Failed what="The numbers" result={report} /> : null}
      {isRefused ? null : <Outdated what="The numbers" results={[report]} />}
      {report.data ? (
        <div aria-busy={report.isPlaceholderData} className="busy-line space-y-4">
          <Report report={report.data} group={state.search.group_by ?? defaultGroup} />
        </div>
      ) : null}
    </div>
  )
}

interface ReportProps {
  report: AnalyticsResponse
  group: AnalyticsGroup
}

/** What the page shows of an answer. */
export function Report({ report, group }: ReportProps): ReactNode {
  return (
    <>
      <BehindNotice events={report.events_behind} />
      <Limits report={report} />
      <AnalyticsFigures report={report} />
      <PointsPanel report={report} group={group} />
      <BreakdownPanel report={report} group={group} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Panel title="How long sessions lasted" lead="Those that ended in this time">
          <Durations durations={report.durations} />
        </Panel>
        <RetentionPanel points={report.retention} />
      </div>
    </>
  )
}

/** What the numbers do not hold. */
function Limits({ report }: { report: AnalyticsResponse }): ReactNode {
  const words = [
    report.complete_from === null ? '' : `Numbers are complete from ${exactMoment(report.complete_from)} on.`,
    report.source === 'sessions'
      ? 'With this filter, numbers are counted now from the sessions that are still on record.'
      : '',
  ].filter(Boolean)
  return words.length === 0 ? null : <Notice icon={Info}>{words.join(' ')}</Notice>
}
