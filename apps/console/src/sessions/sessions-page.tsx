import { type ReactNode, useRef } from 'react'
import { ApiError } from '../api/api-error.ts'
import { BulkEndings } from '../bulk-ending/bulk-endings.tsx'
import { PageHeading } from '../layout/page-heading.tsx'
import { LiveMark } from '../live/live-mark.tsx'
import { useLiveReports } from '../live/use-live-reports.ts'
import { PlaceDataLine } from '../places/place-data-line.tsx'
import { FilterBar } from './filter-bar.tsx'
import { FindingsNotice } from './findings-notice.tsx'
import { MatchLine } from './match-line.tsx'
import { SessionsResult } from './sessions-result.tsx'
import { TotalsLine } from './totals-line.tsx'
import { useManagedSessions } from './use-managed-sessions.ts'
import { useSessionFilters } from './use-session-filters.ts'

/** Not the counts of a filter, which may cost more than a page: those are asked for from time to time. */
const liveKeys = [['managed-sessions'], ['totals']]

/** Administration → Sessions. */
export function SessionsPage(): ReactNode {
  const filterState = useSessionFilters()
  const top = useRef<HTMLHeadingElement>(null)
  const live = useLiveReports(liveKeys)
  const { error } = useManagedSessions(filterState.filters)
  const fault = error instanceof ApiError && error.field === 'filter' ? error : null
  return (
    <div className="mx-auto max-w-6xl space-y-8">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <PageHeading title="Sessions">Every session of every user, the newest sign-in first.</PageHeading>
        <LiveMark state={live} />
      </div>
      <FindingsNotice />
      <TotalsLine />
      <section aria-labelledby="results">
        <h2 ref={top} id="results" tabIndex={-1} className="sr-only">
          Results
        </h2>
        <FilterBar filterState={filterState} fault={fault} />
        {fault ? null : <MatchLine filterState={filterState} />}
        {fault ? null : <SessionsResult filterState={filterState} top={top} />}
      </section>
      <BulkEndings />
      <PlaceDataLine />
    </div>
  )
}
