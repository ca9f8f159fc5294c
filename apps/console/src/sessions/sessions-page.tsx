import { type ReactNode, useRef } from 'react'
import { PageHeading } from '../layout/page-heading.tsx'
import { PlaceDataLine } from '../places/place-data-line.tsx'
import { FilterBar } from './filter-bar.tsx'
import { FindingsNotice } from './findings-notice.tsx'
import { SessionsResult } from './sessions-result.tsx'
import { TotalsLine } from './totals-line.tsx'
import { useSessionFilters } from './use-session-filters.ts'

/** Administration → Sessions. */
export function SessionsPage(): ReactNode {
  const filterState = useSessionFilters()
  const top = useRef<HTMLHeadingElement>(null)
  return (
    <div className="mx-auto max-w-6xl space-y-8">
      <PageHeading title="Sessions">Every session of every user, the newest sign-in first.</PageHeading>
      <FindingsNotice />
      <TotalsLine />
      <section aria-labelledby="results">
        <h2 ref={top} id="results" tabIndex={-1} className="sr-only">
          Results
        </h2>
        <FilterBar filterState={filterState} />
        <SessionsResult filterState={filterState} top={top} />
      </section>
      <PlaceDataLine />
    </div>
  )
}
